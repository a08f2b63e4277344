"""The sentences that reporters of Northmere write. Nobody and nowhere real, and never a slur: a token stands for it.

{me}, {my}, {me_was} and so on stand for the person it happened to: "me", "my", "I was"; "my colleague", …
"""

OPENINGS = {
    "patient": ("a patient in my bay", "the patient I was looking after", "a man waiting for his results",
                "a woman on the ward", "a patient who was brought in at night", "someone in the waiting room"),
    "relative": ("a relative at the bedside", "the son of a patient", "a patient's sister", "the family of a patient"),
    "visitor": ("a visitor", "someone visiting another patient", "a visitor who came after hours"),
    "public": ("a caller", "someone who had read about us online", "a stranger", "a person who would not give a name"),
    "staff": ("a colleague", "someone senior on my team", "a member of another team", "my line manager",
              "a person I have worked with for years"),
    "staff_to_patient": ("the nurse at the desk", "a receptionist", "one of the doctors", "a member of staff",
                         "the person who took us through"),
    "patient_to_patient": ("another patient", "the man in the next bed", "a woman in the waiting room"),
}  # fmt: skip
"""Who did it. What is done to patients and carers has openings of its own."""

SETTING_OPENINGS = {
    "phone": ("a caller", "someone who rang for results", "the writer of an email to our office"),
    "grounds": ("someone in the car park", "a person at the main door", "a stranger at the bus stop outside"),
    "community": ("a patient I visit at home", "someone on my round"),
}  # fmt: skip
"""These stand in where the usual openings would not fit the place; the last only for patients."""

PATTERN_OPENINGS = {
    "repeat": ("the man in bed 4", "the same patient again", "the man by the window"),
    "hidden": ("our shift lead", "someone senior on this ward", "the same two people"),
}

WHEN_WORDS = {
    "shift": ("today", "on this shift", "just now"),
    "day": ("yesterday", "last night", "on the late shift yesterday"),
    "week": ("earlier this week", "a few days ago", "last weekend"),
    "month": ("about two weeks ago", "earlier this month"),
    "later": ("some months ago", "a while back, and I still think about it,"),
}
"""Beginnings, not counted as patterns: any of them goes with any opening."""

ACTS = {
    "language": ("called {me} a [racist slur]", "said people like {me} should go home",
                 "made jokes about {my} name in front of others", "shouted a [racist slur] at {me} across the room",
                 "used a [racist slur] about {me} and then laughed", "said there are too many of us working here",
                 "made a remark about {my} skin", "asked loudly whether anyone here speaks proper English"),
    "mimicry": ("kept making fun of {my} accent", "repeated everything {my} way and looked round for laughs",
                "refused to say {my} name and made one up"),
    "online": ("posted a [racist slur] about {me} in a group chat", "wrote a racist comment under a photo of the team"),
    "graffiti": ("wrote a [racist slur] on the wall by the lifts", "left a racist drawing on the staff notice board"),
    "refused": ("asked for a white nurse and would not say more to {me}", "would not let {me} take blood",
                "asked for someone from here in place of {me}", "refused the tablets when {me_came} with them",
                "told {me} to fetch a real doctor", "would not be washed by someone of {my} colour"),
    "threat": ("said they would wait for {me} outside", "threatened to have {me} dismissed", "shook a fist at {me}",
               "said they knew which bus {me_takes} home", "told {me} to watch out in the car park"),
    "physical": ("pushed {my} arm away and spat", "threw a cup at {me}", "pulled at {my} headscarf",
                 "grabbed {me} by the wrist", "kicked out when {me_came} near"),
    "unfair": ("asked where {me_is} really from", "spoke to everyone but {me}",
               "said {me_was} only here because of a quota", "checked everything {me_did} with a white colleague"),
    "else": ("put a sticker with a racist slogan on the door", "hung a flag over the desk to make a point",
             "played a video with racist songs so that {me} would hear it"),
}  # fmt: skip
PHONE_ACTS = {
    "refused": ("hung up on hearing {my} accent", "asked to be put through to anyone but {me}"),
    "threat": ("said they would find out where {me_works}", "said they would come in and wait for {me}"),
    "unfair": ("asked where {me_is} really from", "spoke to {me} as if nobody here could understand"),
}
COLLEAGUE_ACTS = {
    "language": ("told a racist joke at handover and looked at {me}", "called {me} a [racist slur] in the staff room",
                 "said {my} kind always sticks together"),
    "refused": ("would not work the bay with {me}", "asked not to be paired with {me} again"),
    "threat": ("said {my} visa could be looked at", "told {me} to be careful who hears about this"),
    "physical": ("touched {my} hair without asking, again",),
    "unfair": ("left {me} off the better shifts again", "talked over {me} all through handover",
               "gave the training place to someone newer than {me}", "asked for proof of everything {me_did}",
               "blamed {me} for somebody else's mistake", "invited everyone but {me}"),
    "else": ("left a note with a racist word on the locker", "changed {my} name on the rota as a joke"),
}  # fmt: skip
PUBLIC_ACTS = {
    "language": ("used a [racist slur] when {me_was} out of hearing", "made a joke about {my} surname",
                 "said people from {my} part of the world always exaggerate"),
    "refused": ("would not share a table with {me}", "said they would rather see to someone else than {me}"),
    "threat": ("said there would be trouble if {me_was} still there tomorrow", "said {my} treatment could be stopped"),
    "physical": ("pulled the blanket off {me} without a word", "pushed past {me} and swore"),
    "unfair": ("did not believe {me_was} in pain", "spoke slowly and loudly to {me}, as if to a child",
               "saw to everyone else before {me}", "would not book an interpreter for {me}",
               "said {my} prayer times were a nuisance", "brought {me} food that faith forbids, a second time"),
    "else": ("left a leaflet with racist slogans by the bed", "said {my} visitors made the place look untidy"),
}  # fmt: skip
"""`unfair` is where patients tell of worse care: the short list of kinds has no box of its own for it."""

ENDINGS = {
    "none": ("I am all right. I want it to be counted.", "I am used to it, but nobody should be.",
             "I only want you to know that it happens here."),
    "low": ("I carried on with the shift.", "Nobody said anything.", "A colleague stepped in and I was grateful.",
            "It is not the first time.", "I went home upset.", "I told the nurse in charge, who was kind.",
            "Two others on the team heard it.", ""),
    "moderate": ("I am worried about the next shift.", "I have not slept well since.", "I cried in the store room.",
                 "I have asked to be moved for a while.", "I do not feel safe there on my own."),
    "severe": ("I have been off sick since.", "I am thinking of leaving.", "I have started to see a counsellor.",
               "I cannot go back to that place."),
}  # fmt: skip
PUBLIC_ENDINGS = {
    "none": ("We are all right. I want it to be counted.", "I only want you to know."),
    "low": ("Nobody said anything.", "I did not complain, because we still need the care.", "It hurt.", ""),
    "moderate": ("We are afraid to ask for anything now.", "I do not sleep before an appointment any more."),
    "severe": ("We have missed two appointments because of it.", "I will not go back there."),
}
REPEAT_ENDINGS = ("It is the same patient as last time.", "He does this to each of us in turn.",
                  "Please do something before the next night shift.")  # fmt: skip
HIDDEN_ENDINGS = ("I am not the only one on this ward.", "Please do not let them find out that I wrote.",
                  "It has gone on for months.")  # fmt: skip
NAMED_ENDINGS = ("The name over the bed was {name}.", "{name} in the next bay saw it.",
                 "The NHS number on the form was {number}.", "It was the one with NHS number {number}.")  # fmt: skip
"""What reporters are asked to leave out and sometimes do not: there is something to redact."""
AGAIN_OPENING = "I wrote about this already and could not find my receipt."
TEST_WORDS = ("This is a test of the new poster. Please ignore.", "Trying out the form, there is no report.")
SPAM_WORDS = ("asdf asdf asdf", "Cheap parking near you, visit our page today!!!")

OTHER_LANGUAGES = {
    "": ("Nie wiem, do kogo z tym pójść. To nie był pierwszy raz.",
         "No quiero problemas, pero esto pasa cada semana."),
    "refused": ("Ela recusou ser atendida por mim por causa da minha cor.",),
}  # fmt: skip
"""Polish, Spanish and Portuguese, not yet checked by a person who speaks them."""

PERSONS = {"me": ("",), "several": ("two of us",), "colleague": ("my colleague", "our student"),
           "cared_for": ("my mother", "my father", "my son", "my wife")}  # fmt: skip
FIRST_PERSON = {"me": "me", "my": "my", "me_was": "I was", "me_is": "I am", "me_takes": "I take", "me_came": "I came",
                "me_did": "I did", "me_works": "I work"}  # fmt: skip
