"""The vocabulary of Northmere: invented places, people and sentences. Nobody and nowhere real."""

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
    # role, post, name, the part of the address before the @, passphrase
    ("lead", "edi_lead", "Amina Begum", "amina.begum", "harbour lantern seven kites"),
    ("lead", "triage_lead", "Ruth Adeyemi", "ruth.adeyemi", "quiet orchard copper bell"),
    ("investigator", "people_culture", "Peter Osei", "peter.osei", "window saddle maple twelve"),
    ("investigator", "people_culture", "Mary Clarke", "mary.clarke", "river button paper comet"),
    ("investigator", "security_vpr", "Sunil Rao", "sunil.rao", "garden ticket silver plum"),
    ("guardian", "ftsu_guardian", "Grace Holt", "grace.holt", "meadow anchor velvet nine"),
    ("deputy_guardian", "deputy_guardian", "Tom Whitaker", "tom.whitaker", "pebble ladder autumn drum"),
)

OPENINGS = {
    "patient": ("A patient in my bay", "The patient I was looking after", "A man waiting for his results",
                "A woman on the ward", "A patient on the night shift"),
    "visitor": ("A relative at the bedside", "A visitor", "The son of a patient", "Someone visiting a patient"),
    "public": ("A caller", "Someone in the car park", "A man at the main door"),
    "staff": ("A colleague", "Someone senior on my team", "A member of another team", "My manager"),
    "unknown": ("Someone", "A person I did not see"),
}  # fmt: skip
ACTS = {
    "words": ("called me a [racist slur]", "kept making fun of my accent", "said people like me should go home",
              "made jokes about my name in front of others", "shouted a [racist slur] across the room"),
    "refused": ("said they wanted a white nurse", "would not let me take blood", "asked for someone from here",
                "refused their tablets from me and asked for another nurse"),
    "threat": ("said they would wait for me outside", "threatened to have me dismissed", "shook a fist at me"),
    "physical": ("pushed my arm away and spat", "threw a cup at me", "pulled at my headscarf"),
    "unfair": ("leaves me off the better shifts", "talks over me in every handover", "asks where I am really from"),
    "else": ("put a sticker on the staff room door", "left a note on my locker"),
}  # fmt: skip
ENDINGS = (
    "I carried on with the shift.", "Nobody said anything.", "A colleague stepped in and I was grateful.",
    "I do not want to make a fuss, but it is not the first time.", "I went home upset.",
    "I told the nurse in charge, who was kind.", "I would like it to stop.", "Two others on the team heard it.",
    "I am worried about the next shift.", "",
)  # fmt: skip
OTHER_LANGUAGES = (
    "Nie wiem, do kogo z tym pójść. To nie był pierwszy raz.",
    "Ela recusou ser atendida por mim por causa da minha cor.",
    "No quiero problemas, pero esto pasa cada semana.",
)
REPLIES = (
    "Thank you for telling us. I am sorry this happened. Are you safe to go back to the same area?",
    "Thank you. We have spoken to the ward manager without using your name. Would you like someone to call you?",
    "We have read your report. We will write to the person and tell you here what they say.",
    "Thank you for this. Has it happened before, as far as you know?",
)
OUTCOMES = (
    "The patient was given a written warning and moved to another bay. Thank you for telling us.",
    "We spoke with the person and their manager. They have agreed what must change.",
    "We could not do much, because we could not find out who it was. We counted it and put up notices.",
    "The care plan was changed so that nobody nurses this patient alone.",
)
