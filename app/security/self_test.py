"""Known answers checked at every start: a library that computes otherwise must not receive a report."""

import base64
import hashlib

from app.domain.errors import HeardError, Misconfigured
from app.domain.merkle import leaf_hash, root
from app.domain.receipts import format_receipt, parse_receipt
from app.security.equality_token import read_equality_token
from app.security.form_token import FormKeys
from app.security.keys import key_hash, public_key
from app.security.opening import open_envelope
from app.security.sealing import seal

# Test values made from public words; never keys of a deployment.
_SEED = hashlib.sha256(b"heard self test seed").digest()
_ID = hashlib.sha256(b"heard self test id").digest()[:16]
_INTAKE_SECRET = hashlib.sha256(b"heard self test intake").digest()
_DIGEST = hashlib.sha256(b"heard self test digest").digest()
_CONTENT = b'{"v":1}'
_ISSUED = 1795340467

_KEY_HASH = "865f94257c92b045e2654efa077f16c4fcda186b0f1768417f8a60f511323bd6"
_RECEIPT = "FK0S-97BE-NE1P-PPZ7-G72T"
_FORM_TOKEN = "AXig5sYP6Kg7E2praQYPh8-MEescnGdFoa3HXnPsCHn2r8HPK4JmuIKtbs4nOr2NeJ7tfVo"
_EQUALITY_ROW = "0517e5af4a727a11ca9c13194e9d3f3b"
_EQUALITY_TOKEN = "AaQ-HD66GvVKXtJsS4NjbF6Tp2F_Orlut9BPNkX1DLxXJ-vxm_Fo18obAFMsc027S9QgKKF0"
_MERKLE_ROOT = "3560191803028444b232018ac047fdb561c09c23a7a6876c85e08b5e4d48e9f3"
_ENVELOPE = (
    "SEQBAYZflCV8krBFKPvCdD9ybhrph2LgRQrU6M2BNU6YzUCjB7USxH+G+UreXy8ZCqqnnpB5h7z1Wc2zFvQjTwzk/XvmFRI4el6hJE4B/gh4"
    "OK/kpfpGo0ACd9fVhwSnFcCdRmDC4jP5QcTctAWREWWN8tbZ9NW9gm3tuS+C2H3TuD1s2OYfJOoEWN8UnBhqDF2D350NDv0kaNx+qS44m1Dm"
    "uWLoHdecVlXt8yPWitcU+BSSSOGh2P/U5FX0rtmprG3D9xb/NenOF2uWXvwW9HtFzJj19rh/hbDXa/PmZ0iH5ORjh6/LF3GpjYLqdFqmRHsm"
    "sZYXWOHfBJHy7itHk9XkagAKlWTUGnF1liBShVsUhVh0yI91UjjMFUFv+E/qs8l0kIt1n8rWH2aYOXFIEQPnJd/nfKKZIPzwfBo5AS+TQDsb"
    "US7UBx3ZkeN/v7JwmihN22DrpdctxjuFkNgttwX/mg76XP68oz1p1xWOCtKte6t2f0GHNmQHG1Cey/mwGpfDia9D5X2jM0KgTEN5TwsLqkU0"
    "ljSJDAmFLsmJiczMmYaCoNeoYXcRtkCD79vA6wCQ5HFI/i2A/LSvK8XIOJZN5bJqI03uCC4Rlhn1ooKeZgS7xCMurFr+QfsR6Xy6a2M1plJT"
    "VRoboucy4tsPFJN2BPJktUF2+jSX4h8xWB3QI8VpSTBUbYWGTMebptHu1H05kKarqYJTPOcNDSDsqagI1OH25cCCpGabJ3nSXH6z648syqJP"
    "UgyomVhKf/Z1sPWdKQ4li8YZa42mdPKGkN+OhzlRrrFla0Y/Q2vDaUPzrY1uVnBamL2+VE5ahFnKzirmrypmNOW9VPOEyemBqXp2RQ8irCgZ"
    "RAIwlWWkxiIIGFI/d81FJtXCI9tiiQNJNLzMFq8jOuyrysB6lnp3qufhP6H1HT8yKnFMhACUBjRNga2evk9rqGmoycNFX+VDWZVqAWbB+BCx"
    "rfEHqBKvv2G1jeVgDyNVO7UpCsBckqF9WR8WfAfqvp5Rf4+IvExu1GM+C58vxQnrdI+VPuMTuzirGf0GAp5EJMLZZfalVM0scC74dNzNCLhy"
    "7Wct2GPb0e7CMg0TjK+owtEEkL2/o4dWoTfzcUBfhOJvu6qonDSe0Zr3/pZQO4oiE+0J3tEoWvx8gcYiQxkL741QYl/4GralZL4Ur/Ud/Pqo"
    "5fyghxSDxpWkJq79K3ZvKveWlJvbH+kIIZHdL5HT4jpHbdMCMKZDKic5M2TbuIdf/ChDrEXrxo4W+8OBmzcdttjU02FLz4FteRmsfT5fM+lD"
    "OcpiILWUxLFN7PRnVrZ4NCQKgV7MbmY7UzwJk6LcDZMSD6kI1fzEZgPkRSWQZDw1ZlZb096v91ftXdpuCE65iopVuIIORQzRSkkWPLWYO8+n"
    "Jduv8gQ7mnpa+9yoaMHZhgG6jHOCtFFBRQ+BuDa0Lf6WyCIQvHsd4chtqFnt6R0/fmDXOOZuua6ovHMTzxdZnkMArEZ0LRf53TKGe4n+DXi7"
    "mJ7lefn0ty8zrOJCe2qCFvx0X0TNS3tsj9pduh49hnkKVBgVqcb/QpgRoWDXzsasumGK1x2LhvYJhA8TibepkuPF2WvtqLZnIbGGDCKiPO/f"
    "ZCxJ6YgZs0uEJiDNWuB5f0u5RXUymxzaVqgOYg40LswT7dyugrlMmgO70WdgqbSLPjc7DeD8Y9Um3tYj6vyQozkXHfQwRVLtiDsLdCwDtoH/"
    "Gm9zfwK/yQbi3loh41RVo+6ZPGkyk4uTfo6nQzkhqownvxlnaXBHp/XxC76tDhD0UYRfU+H6zQamgfv5lQydwDXYj4kqajBwMCBBwHq1C9dG"
    "r9j+yTPwlzQ40As4KBJ3OMGkoiC0mTJyOEuu"
)


def _keys_agree() -> bool:
    return key_hash(public_key(_SEED)).hex() == _KEY_HASH


def _envelopes_agree() -> bool:
    fresh = seal("hello", (_ID, _ID), public_key(_SEED), _CONTENT)
    stored = base64.b64decode(_ENVELOPE)
    return all(open_envelope("hello", (_ID, _ID), _SEED, envelope) == _CONTENT for envelope in (stored, fresh))


def _tokens_agree() -> bool:
    keys = FormKeys(_INTAKE_SECRET)
    token = keys.read_form_token(_FORM_TOKEN, "quick", 1)
    receipt = token.receipt_for(_DIGEST)
    equality = read_equality_token(keys, _EQUALITY_TOKEN)
    row = bytes.fromhex(_EQUALITY_ROW)
    return (
        (token.nonce, token.issued) == (_ID, _ISSUED)
        and format_receipt(receipt) == _RECEIPT
        and parse_receipt(_RECEIPT) == receipt
        and token.equality_row_id(_DIGEST) == row
        and (equality.month, equality.sent_direction, equality.report_class) == ("2026-11", "staff_staff", "own")
        and equality.row_id == row
    )


def _trees_agree() -> bool:
    return root([leaf_hash(bytes([number])) for number in range(7)]).hex() == _MERKLE_ROOT


def run_self_test() -> None:
    """Return when every known answer agrees, else raise `Misconfigured` naming what does not. About 2 ms."""
    for name, agrees in (
        ("X-Wing keys", _keys_agree),
        ("envelopes", _envelopes_agree),
        ("receipts and tokens", _tokens_agree),
        ("the audit tree", _trees_agree),
    ):
        try:
            right = agrees()
        except (HeardError, ValueError, RuntimeError):
            right = False
        if not right:
            raise Misconfigured(f"The start-up check of {name} failed. Check the installed cryptography package.")
