//! Everything that the feedback can say, by case: data, so that a therapist can read and mend it.
//!
//! `{quote}` stands for the trainee's own words, `{client}` for the client's name. About the reply,
//! not the person; one thing; two lines at most (SCREENS.md, "Wording"). A correction names the
//! push, never a word to avoid. Four phrasings or so a case, so that a set does not repeat itself.

/// A reflection that adds meaning or names the feeling.
pub const KEEP_MEANING: &[&str] = &[
    "{quote}: {client} could feel understood by that.",
    "{quote} takes up what matters to {client}.",
    "{quote} hears more than the no.",
    "{quote} goes beyond the words.",
];

/// A reflection that stays with what was said.
pub const KEEP_REFLECTION: &[&str] = &[
    "{quote} stays with what {client} said.",
    "{quote} starts from {client}, not from the plan.",
    "{quote} shows {client} that it was heard.",
    "{quote} lets {client}'s words stand.",
];

/// A question with no answer waiting in it.
pub const KEEP_OPEN_QUESTION: &[&str] = &[
    "{quote} has no answer waiting in it.",
    "{quote} wants to know, and says so.",
    "{quote} leaves {client} the whole answer.",
    "{quote} is curious about the no itself.",
];

/// A closed question that is genuine.
pub const KEEP_CLOSED_QUESTION: &[&str] = &[
    "{quote} asks, where it could have told.",
    "{quote} checks with {client} before going on.",
    "{quote} gives {client} a turn.",
];

/// Validation, credit, "anyone would".
pub const KEEP_AFFIRM: &[&str] = &[
    "{quote} takes {client}'s side of it seriously.",
    "{quote} makes the no a sensible one.",
    "{quote} gives credit, and asks for nothing back.",
    "{quote}: no fault is found with {client} there.",
];

/// The choice is left with the client.
pub const KEEP_AUTONOMY: &[&str] = &[
    "{quote} leaves the choice with {client}.",
    "{quote} lets go of the plan for now.",
    "{quote} hands the decision over, and means it.",
    "{quote}: a no is allowed there.",
];

/// A misstep owned, or the lead shared.
pub const KEEP_COLLABORATION: &[&str] = &[
    "{quote} owns its part and defends nothing.",
    "{quote} puts the two of you on one side again.",
    "{quote} mends something between the two of you.",
    "{quote} shares the lead.",
];

/// A direct question answered plainly.
pub const KEEP_ANSWER: &[&str] = &[
    "{quote} answers plainly: {client} asked, and knows now.",
    "{quote} is a straight answer.",
    "{quote} hides nothing and sells nothing.",
];

/// An ordinary limit, said plainly.
pub const KEEP_LIMIT: &[&str] = &[
    "{quote} says the limit once, and plainly.",
    "{quote} holds the limit without blame.",
    "{quote} is clear about what cannot be.",
];

/// Advice that was asked for.
pub const KEEP_ASKED_FOR: &[&str] = &[
    "{quote} gives what {client} asked for, and no more.",
    "{quote} answers the request and stops there.",
];

/// Supportive, where the scorer is not sure what the move is called.
pub const KEEP_WITH_CLIENT: &[&str] = &[
    "{quote} is with {client}.",
    "{quote}: there the reply is on {client}'s side.",
    "{quote} takes up what {client} said.",
];

/// Supportive with nothing more particular to keep.
pub const KEEP_NO_PUSH: &[&str] =
    &["Nothing in it pushes.", "It asks nothing of {client}.", "It does not argue."];

/// The push is persuasion, and nothing else is there.
pub const CHANGE_PERSUADE: &[&str] = &[
    "{quote} is a push. First say what you heard.",
    "{quote} wants a yes. Start from what was said.",
    "{quote} argues with the no. What is the no about?",
    "{quote} works on {client}. Stay with the no a moment.",
];

/// The push is a confrontation.
pub const CHANGE_CONFRONT: &[&str] = &[
    "{quote} puts {client} in the wrong. How does it look from over there?",
    "{quote} meets the push with a push. What is under the anger?",
    "{quote} blames. Say what it may be like for {client}.",
    "{quote} leaves {client} something to defend. Join instead.",
];

/// The push is a reassurance that comes too soon.
pub const CHANGE_REASSURE: &[&str] = &[
    "{quote} tries to make it better. Hear the worry first.",
    "{quote} takes the doubt away too soon. Let it stand.",
    "{quote} brightens it. How is it for {client} now?",
    "{quote} cheers {client} on. Stay with the no.",
];

/// Nothing but neutral moves that go back to the task.
pub const CHANGE_BACK_TO_TASK: &[&str] = &[
    "{quote} goes back to the task. Stay with what came up.",
    "{quote} is about the plan. What is {client} saying about it?",
    "{quote} passes over the no. Take it up first.",
];

/// A push after something supportive that fills the first sentence.
pub const CHANGE_FIRST_SENTENCE: &[&str] = &[
    "{quote} is a push. The first sentence is enough.",
    "After a good first sentence, {quote} pushes. Stop before it.",
    "{quote} takes back what the first sentence gave. Stay there.",
    "The first sentence meets {client}; {quote} asks for something back.",
];

/// A push after something supportive.
pub const CHANGE_PUSH_AFTER: &[&str] = &[
    "{quote} is a push. What comes before it is enough.",
    "{quote} pushes. Stop before it.",
    "Up to {quote} it is with {client}; from there it is for the plan.",
    "{quote} asks for something back. Let the beginning stand alone.",
];

/// A push before something supportive.
pub const CHANGE_PUSH_BEFORE: &[&str] = &[
    "{quote} is a push. What follows it is enough.",
    "{quote} comes first, so {client} may hear only that. Start with the rest.",
    "Without {quote}, the rest would meet {client}.",
];

/// A push in the midst of something supportive.
pub const CHANGE_PUSH_AMONG: &[&str] = &[
    "{quote} is a push. The rest can stand without it.",
    "Leave out {quote}, and the rest is with {client}.",
    "{quote} wants something from {client}. What is left without it?",
];

/// Several pushes, and something supportive.
pub const CHANGE_PUSHES: &[&str] = &[
    "{quote} is a push, and not the only one. Keep what only hears {client}.",
    "{quote} is one of several pushes. Which words are left without them?",
    "Take out {quote} and every other push; say what remains.",
];

/// Could be said to anyone.
pub const CHANGE_ANYONE: &[&str] = &[
    "This could be said to anyone. What did only {client} say?",
    "Kind, and general. Take up one thing that {client} said.",
    "It fits many people. Which of {client}'s words carry the weight?",
    "{client} may not find this moment in it. Be as particular as the words were.",
];

/// A reflection of something else than was said.
pub const CHANGE_MISSES: &[&str] = &[
    "{quote} is beside the point. What was {client}'s?",
    "{client} spoke of something else. Go back to the very words.",
    "{quote} may be true, and is not what {client} said. Listen again.",
];

/// Touches what was said, not what matters in it.
pub const CHANGE_TOUCHES: &[&str] = &[
    "It touches what {client} said. What in it matters most?",
    "Close. Which of {client}'s words weighs the heaviest? Take up that one.",
    "It is near. What is at stake for {client} there?",
    "One step nearer: what would {client} mind losing?",
];

/// No reflection, and nothing else that would be enough.
pub const CHANGE_NOTHING_HEARD: &[&str] = &[
    "What did you hear in it? Say that first.",
    "{client} cannot tell yet what was heard. Give it back in your words.",
    "Before anything else: what is this like for {client}?",
];

/// A reflection that repeats.
pub const CHANGE_RESTATES: &[&str] = &[
    "{quote} says it back. What may it mean to {client}?",
    "{quote} stays on the surface. Guess at the feeling, gently.",
    "The words are there. Which feeling goes with {quote}?",
];

/// A closed question where an open one would do.
pub const CHANGE_CLOSED: &[&str] = &[
    "{quote} can be answered with yes or no. Ask what it is like.",
    "{quote} guesses the answer. Ask so that {client} can surprise you.",
    "{quote} is a narrow door. Open it wider.",
];

/// An open question that could be wider.
pub const CHANGE_WIDER: &[&str] = &[
    "{quote}: ask it so that {client} can surprise you.",
    "{quote} asks about the plan. Ask about the no.",
    "{quote} is nearly open. What would you not know beforehand?",
];

/// Little room for the client to go on.
pub const CHANGE_NO_ROOM: &[&str] = &[
    "It closes the matter. Leave {client} something to go on with.",
    "What would you like to know about the no? Ask that.",
    "Leave more room: where could {client} go from here?",
];

/// A limit with no word for the client.
pub const CHANGE_BARE_LIMIT: &[&str] = &[
    "The limit stands. Add a word for what it is like for {client}.",
    "{quote} holds. Who is it said to? Show that {client} was heard.",
];

/// Meets the criterion, and runs long.
pub const CHANGE_SHORTER: &[&str] =
    &["Nothing to fix. Could it be half as long?", "Nothing to fix; try it in fewer words."];

/// No reply to the client at all.
pub const CHANGE_UNSCORABLE: &[&str] = &[
    "{client} has no answer yet. What would you say?",
    "Nothing for {client} to answer yet. What would you say, in your own words?",
    "This is not yet said to {client}. Say it as you would across the room.",
];

/// A whole reply, and nothing of this client in it.
pub const CHANGE_NOT_THIS_CLIENT: &[&str] = &[
    "Nothing in it is {client}'s. What did {client} just say?",
    "This seems to answer something else. Start from what {client} said.",
    "{client} is not in it yet. Which of those words would you take up?",
];

/// Every text, for finding the one that was said before.
pub const ALL: &[&[&str]] = &[
    KEEP_MEANING,
    KEEP_REFLECTION,
    KEEP_OPEN_QUESTION,
    KEEP_CLOSED_QUESTION,
    KEEP_AFFIRM,
    KEEP_AUTONOMY,
    KEEP_COLLABORATION,
    KEEP_ANSWER,
    KEEP_LIMIT,
    KEEP_ASKED_FOR,
    KEEP_WITH_CLIENT,
    KEEP_NO_PUSH,
    CHANGE_PERSUADE,
    CHANGE_CONFRONT,
    CHANGE_REASSURE,
    CHANGE_BACK_TO_TASK,
    CHANGE_FIRST_SENTENCE,
    CHANGE_PUSH_AFTER,
    CHANGE_PUSH_BEFORE,
    CHANGE_PUSH_AMONG,
    CHANGE_PUSHES,
    CHANGE_ANYONE,
    CHANGE_MISSES,
    CHANGE_TOUCHES,
    CHANGE_NOTHING_HEARD,
    CHANGE_RESTATES,
    CHANGE_CLOSED,
    CHANGE_WIDER,
    CHANGE_NO_ROOM,
    CHANGE_BARE_LIMIT,
    CHANGE_SHORTER,
    CHANGE_UNSCORABLE,
    CHANGE_NOT_THIS_CLIENT,
];

/// Not sure between two verdicts: what stands between them.
pub const DOUBT_PUSH: &[&str] = &[
    "{quote} may be heard as a push, or may not.",
    "Whether {quote} pushes depends on how it is said.",
];

/// Not sure whether it reaches the client.
pub const DOUBT_MEETS: &[&str] = &[
    "{quote} may join {client} or may miss {client}.",
    "Whether {quote} meets {client}, you can hear better than this can.",
];

/// Not sure whether it is a reply at all.
pub const DOUBT_REPLY: &[&str] = &["There may be too little here for {client} to answer."];

/// Not in a language that the scorer knows.
pub const DOUBT_LANGUAGE: &[&str] =
    &["This does not read as English, which is all that is scored."];

/// Longer than a spoken reply.
pub const DOUBT_LENGTH: &[&str] =
    &["This is longer than one says at once; only its start was read."];
