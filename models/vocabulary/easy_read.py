"""The easy read page: short sentences, one picture for each idea."""

from dataclasses import dataclass

from models.vocabulary.word import N_


@dataclass(frozen=True)
class EasyPart:
    """One idea: its picture, what the picture shows, its heading, its sentences, and the page that says more."""

    picture: str
    shows: str
    heading: str
    sentences: tuple[str, ...]
    path: str
    link: str
    calls: str = ""
    """The number that the idea is about."""


EASY_PARTS: tuple[EasyPart, ...] = (
    EasyPart("tell", N_("A person speaking"), N_("You can tell us about racism"), (
        N_("Racism is bad treatment because of your skin colour or where your family is from."),
        N_("It can be words, threats, hitting, or being left out."),
        N_("You can tell us if it happened to you."),
        N_("You can tell us if you saw it."),
    ), "/report", N_("Tell us what happened")),
    EasyPart("no-name", N_("A name badge, crossed out"), N_("You do not have to say who you are"), (
        N_("You can tell us without your name."),
        N_("We do not write down which computer you used."),
    ), "/privacy", N_("More about privacy")),
    EasyPart("choose", N_("Three answers, one is chosen"), N_("You choose"), (
        N_("You choose what to tell us."),
        N_("You choose if we know your name."),
        N_("You can keep a person from reading it."),
    ), "/how-it-works", N_("How it works")),
    EasyPart("send", N_("A phone with a green button"), N_("Press Send"), (
        N_("We get nothing until you press Send."),
        N_("You can stop at any time before that."),
    ), "/report", N_("Go to the form")),
    EasyPart("code", N_("A paper slip with a code"), N_("You get a code"), (
        N_("After you press Send you see a code."),
        N_("Write it down or take a photo."),
        N_("We cannot show it again."),
        N_("Keep it where other people do not see it."),
    ), "/return", N_("Come back with your receipt code")),
    EasyPart("lock", N_("A closed lock"), N_("We lock your words"), (
        N_("Only a few people can open them."),
        N_("Their names are on our privacy page."),
    ), "/privacy", N_("Who can read it")),
    EasyPart("reader", N_("A person reading"), N_("A person reads it"), (
        N_("They may ask you a question."),
        N_("You do not have to answer."),
    ), "/how-it-works", N_("How it works")),
    EasyPart("reply", N_("Two speech bubbles"), N_("You can read our answer"), (
        N_("Come back to this site with your code."),
        N_("Then you can read what we say."),
        N_("You can write to us again."),
    ), "/return", N_("Read our reply")),
    EasyPart("days", N_("A calendar with a tick"), N_("We tell you the days"), (
        N_("We say on which day we will answer."),
        N_("We tell you what we did, even if we could not do much."),
    ), "/how-it-works", N_("How it works")),
    EasyPart("network", N_("A computer screen with an eye"), N_("What others can see"), (
        N_("A work computer can show that you came to this site."),
        N_("It does not show what you wrote."),
        N_("What you write can show who you are, if few people were there."),
    ), "/privacy", N_("More about privacy")),
    EasyPart("leave", N_("A door with an arrow"), N_("Leave quickly"), (
        N_("Press the red button at the top: Leave this site."),
        N_("Another page opens at once."),
    ), "/how-it-works", N_("Leaving in a hurry")),
    EasyPart("danger", N_("A warning sign"), N_("Are you in danger?"), (
        N_("If you are in danger now, call 999."),
        N_("If someone may be badly hurt, we may have to tell others."),
    ), "/support", N_("Get help now"), calls="999"),
    EasyPart("help", N_("Two people and a heart"), N_("Get help"), (
        N_("You can talk to someone."),
        N_("You do not have to report anything."),
    ), "/support", N_("All support services")),
)  # fmt: skip
