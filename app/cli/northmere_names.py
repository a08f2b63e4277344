"""Who and where in Northmere: invented sites, wards, teams and accounts. Nobody and nowhere real."""

SITES = ("Coast House", "Harbour Hospital", "Moor Lane", "Community")
WARD_NAMES = (
    "Willow", "Oak", "Rowan", "Hazel", "Alder", "Beech", "Maple", "Cedar", "Aspen", "Juniper", "Linden", "Elder",
    "Larch", "Sorrel", "Heather", "Clover", "Bramble", "Fern", "Thistle", "Gorse", "Primrose", "Bluebell", "Foxglove",
    "Campion", "Yarrow", "Teasel",
)  # fmt: skip
MENTAL_HEALTH = ("Kestrel", "Heron", "Plover", "Curlew", "Lapwing", "Dunlin", "Avocet", "Redshank")
THEATRES = ("Theatre", "Critical Care", "Imaging", "Endoscopy", "Recovery", "Cardiac Tests")
MATERNITY = ("Delivery Suite", "Antenatal", "Postnatal", "Newborn", "Children's Ward", "Children's Clinic")
COMMUNITY = ("District Nursing", "Health Visiting", "Podiatry", "Rehabilitation", "Talking Therapies")
OFFICES = ("Outpatients", "Pharmacy", "Estates", "Switchboard", "Records", "Catering", "Finance", "Reception")
AREAS = ("North", "South", "East", "West", "Central", "Riverside", "Hillside", "Seafront", "Old Town", "New Town")

PEOPLE = (
    # role, post, name, the part of the address before the @, passphrase. Director, assurance lead and
    # auditor come in with the first page that is theirs.
    ("lead", "edi_lead", "Amina Begum", "amina.begum", "harbour lantern seven kites"),
    ("lead", "triage_lead", "Ruth Adeyemi", "ruth.adeyemi", "quiet orchard copper bell"),
    ("investigator", "people_culture", "Peter Osei", "peter.osei", "window saddle maple twelve"),
    ("investigator", "people_culture", "Mary Clarke", "mary.clarke", "river button paper comet"),
    ("investigator", "security_vpr", "Sunil Rao", "sunil.rao", "garden ticket silver plum"),
    ("guardian", "ftsu_guardian", "Grace Holt", "grace.holt", "meadow anchor velvet nine"),
    ("deputy_guardian", "deputy_guardian", "Tom Whitaker", "tom.whitaker", "pebble ladder autumn drum"),
    ("admin", "administrator", "Helen Frost", "helen.frost", "timber violet harbour six"),
)
TITLES = {"guardian": " (Freedom to Speak Up Guardian)", "deputy_guardian": " (Deputy Freedom to Speak Up Guardian)"}
"""What stands behind the names of those who are not readers of every report."""
READER_IDS = tuple(f"{index + 1:032x}" for index, person in enumerate(PEOPLE) if person[0] in ("lead", "investigator"))
"""Those whom every report is sealed to, unless its reporter keeps one away."""
GUARDIAN_ID = next(f"{index + 1:032x}" for index, person in enumerate(PEOPLE) if person[0] == "guardian")

PARTNERS = {"k7wq2d": "Mosaic Community Centre", "h4xn9r": "Harbour Welcome Group"}
"""Community partners, each with the code of their own link, `/report?s=k7wq2d`: nobody is to guess one."""

INITIALS = "ABCDEFGHIJKLMNOPRSTVWYZ"
SURNAMES = ("Sample", "Example", "Placeholder", "Invented", "Specimen", "Madeup", "Fictional", "Pattern")
"""Plainly made up, so that nobody can take a demonstration report for a real one."""
CONTACTS = ("01632 960{:03}", "07700 900{:03}")
"""Telephone numbers that the regulator keeps free for fiction."""
