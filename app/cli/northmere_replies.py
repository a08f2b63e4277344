"""What the people and culture team of Northmere writes to reporters, and what reporters write back."""

ACKNOWLEDGEMENTS = (
    "Thank you for telling us. I am sorry this happened. Are you safe to go back to the same area?",
    "Thank you for this. I have read every word. Has it happened before, as far as you know?",
    "I am sorry that you had to meet this at work. We will look into it and write here. Did anyone else see it?",
    "Thank you for writing. You do not have to do anything more. If you can: roughly when was it, and on which shift?",
    "We have your report and we believe it matters. Would it help to talk? The support line is open all day.",
    "Thank you for trusting us with this. What would you most like to happen next?",
    "I am sorry. Nobody should have to hear that. Is the person still in the area, as far as you know?",
    "Thank you. We read this today. We will not name you to anyone without asking you first.",
)
PUBLIC_ACKNOWLEDGEMENTS = (
    "Thank you for telling us. I am sorry that you were treated like this in our care. Do you have what you need now?",
    "I am sorry. You came to us for help and met this. Your care will not change because you told us.",
    "Thank you for writing. We will look into it and answer you here. Was anyone else there at the time?",
    "Thank you. We are sorry. Is there an appointment soon for which you would like someone to be with you?",
)
SECONDS = (
    "Thank you for reading it. I forgot to say that two other people were there.",
    "I have thought more about it. It was not the first time, and I did not report it then.",
    "I would rather not talk to anyone yet, but thank you for asking.",
    "I am safe. What I want most is that the next person is not alone with it.",
    "I wanted to add that the person in charge saw it and said nothing.",
    "I am still shaken. Writing it down has helped a little.",
    "Please do not speak to anyone where it happened without telling me first.",
    "I have thought about it. I would like an apology.",
    "Somebody else told me that the same thing happened to them last month.",
    "Thank you. It helps to know that somebody has read it.",
)
ANSWERS = (
    "Thank you for writing back. That helps us, and we will act on it without naming you.",
    "Thank you. I have added this to what we know. We will do nothing that you have not agreed to.",
    "Thank you for being so clear. We will speak to the person in charge there this week.",
    "I understand, and there is no hurry. Write here whenever you want to.",
)
UPDATES = (
    "A short word to say that we have not forgotten. We are still speaking to people, and will write again soon.",
    "We have spoken to the ward manager without using your name. There is no result yet.",
    "We are waiting for an answer from another team. We have asked them again today.",
    "We have met the person concerned once and will meet them again. I will tell you what comes of it.",
    "We have asked for two more people on the next shifts while we look into this. How are you?",
    "Nothing is decided yet. If anything new happens, please write here, day or night.",
)
OUTCOMES = {
    "behaviour_letter": (
        "The person has had a letter that says what they did and that we will not accept it again.",
        "We have written to the person, and the letter is kept with their record.",
    ),
    "verbal_warning": (
        "The person in charge spoke to them the same week and told them that it must stop.",
        "They were told in plain words, by a senior nurse, that this is not accepted here.",
    ),
    "colleague_conversation": (
        "We spoke with the person and their manager. They have agreed what must change, and we will check.",
        "The person has heard what it did to you, without your name. They have said that they are sorry.",
    ),
    "care_plan_change": (
        "They are ill and may not understand what they say. The care plan now makes sure nobody faces it alone.",
        "The care plan was changed, so that staff always go in two and somebody is near.",
    ),
    "no_action_insufficient_information": (
        "We could not do much, because we could not find out who it was. We counted it and put up notices.",
        "We could not do much, because nobody else could tell us what happened. It stays counted, and we are watching.",
    ),
    "police_report": (
        "With your agreement we reported this to the police. They will tell us what follows.",
        "The police have it now, as you wished. We will keep asking them and tell you here what they decide.",
    ),
    "written_warning": (
        "The person has had a written warning: once more, and they may come for urgent care only.",
        "We gave a written warning. The team on the ward knows, and will step in the first time.",
    ),
    "exclusion_non_urgent": (
        "The person may now come to us for urgent and life-saving care only, and for that with security beside them.",
        "A senior clinician has signed that this person is kept away from the ward, other than for urgent care.",
    ),
    "hr_informal": (
        "Their manager and HR have met them. There is an agreement in writing, and a day on which we look at it again.",
        "HR has dealt with this informally, as you wished. What was agreed is written down.",
    ),
    "hr_investigation": (
        "HR has opened a formal investigation. It takes some weeks, and somebody will look after you meanwhile.",
        "This is now a formal investigation. You will be asked before your report is used in it.",
    ),
}
FINDINGS = {
    "substantiated": "We found that it happened as you told us.",
    "partly": "We found that part of it happened as you told us; for the rest we could not be sure.",
    "not_upheld": "We looked at it with care and did not find what you described. That is not to say you were wrong.",
    "unable_to_determine": "We could not be sure of all that happened.",
    "information_only": "We did not hold an investigation: we took what you told us as it was.",
}
THANKS = (
    "Thank you for telling us. If it happens again, write here.",
    "Thank you. It took courage, and it has changed something.",
    "I am sorry again. The support line stays open to you.",
    "Thank you for your patience. We close this now, but you can write here at any time.",
)
STOP_ASKED = "Please stop. I have thought about it and do not want this to go further."
ENDS = {
    "reporter_asked_to_stop": "You asked us to stop. We have stopped. It stays in the count. Thank you for telling us.",
    "duplicate_of": "Thank you for making sure. We have both of your reports. We answer your other report.",
    "test": "This was a test, so we have closed it. If it was not, please write here and we will open it again.",
    "not_about_racism": "We read this and found nothing about racism in it. If we misunderstood, please write here.",
}
"""What the reporter reads when a case ends early."""
