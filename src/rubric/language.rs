//! Whether a reply is in English, from its script and its commonest words: light, and slow to say
//! no, since "Oof." and "Football then" are English too.

/// Commonest words of English in speech: enough that hardly a reply of five words has none.
const ENGLISH: &str = "a about after again all along already also always am an and another any \
    anyone anything are aren't around as ask at away back bad be because been before being better \
    between big bit both but by call came can can't come could couldn't day did didn't different \
    do does doesn't doing don't done down each either else end enough even ever every everyone \
    everything far feel feels felt few fine first for found from full gave get gets getting give \
    go goes going gone good got guess had half hard has hasn't have haven't having he he'd he'll \
    he's hear heard help her here hers him his home how i i'd i'll i'm i've if in into is isn't \
    it it'd it'll it's its just keep kind know last least leave left less let let's life like \
    little long look lot made make makes many matter may maybe me mean means might mine more most \
    much must my need never new next no nobody none not nothing now of off oh ok okay old on once \
    one only or other ought our out over own part people place put quite rather ready really \
    right room said same saw say saying says see seem seems sense she she'd she'll she's should \
    shouldn't since so some someone something sorry sort sound sounds speak still stop such sure \
    take talk talking tell than thank thanks that that's the their them then there there's these \
    they they'd they'll they're they've thing things think this those though thought through time \
    tired to today together told too took tried try trying turn two under until up us use used \
    very wait want wanted wants was wasn't way we we'd we'll we're we've week well went were \
    weren't what what's when where which while who who's whole whose why will wish with without \
    won't word words work worked would wouldn't wrong year years yes yet you you'd you'll you're \
    you've your yours yourself dont cant im ive youre youve thats its didnt doesnt isnt wont \
    theyre id whats wasnt havent shouldnt couldnt wouldnt u ur gonna wanna kinda yeah hmm ah oof";

/// Words of that list that other languages write too: no sign of English beside words of theirs.
const SHARED: &str =
    "a all also am an as at be by do for he i if in is it me no of on or so to us was we";

/// Common words of other languages written in Latin letters.
const OTHERS: [&str; 16] = [
    "no me a he ha quiero quiere tan esta eres todo algo que el los las una por para pero como está estoy muy más eso esto usted con del qué cómo \
     siento entiendo yo te le lo se es la de su tú mi sí hay cuando porque también ser nada bien",
    "on me a en y avez assez dit vos ai je vous les des est une pas qui pour dans ce cela avec mais nous votre êtes ça très bien le \
     la de du et tu ne sur que c'est j'ai comprends plus suis il elle quand vos peut",
    "in an was so ihnen hat sein also im am bei aus über ich sie das ist nicht und der ein eine zu mit auf für wie aber auch wir es dass haben sich du \
     dir mir wenn kann den dem noch ihnen ihr sehr verstehe wäre sind mal etwas uns vielleicht",
    "no me in a i è hai che non il di è una per sono con mi ti si lo la gli questo come anche ma della capisco cosa \
     perché del lei le molto quando suo sua ha hai",
    "no me a do as já tem estou foi não que uma para com você isso está mas por eu ele seu sua é da muito entendo também quando \
     porque sinto de o os senhor senhora",
    "in is al was we of zo veel dan wat me hebben ik je het een niet dat en de wat voor maar met zijn ook dit naar heb hebt begrijp jij hoe \
     u van er wel kan mij als",
    "jag är och det att inte du som på har för med av den vad förstår kan dig mig så vi ett om",
    "jeg er og det ikke du som på har med av den hvad hva kan vi til deg dig mig meg forstår",
    "i to do a o nie się jest że na jak ale co czy pan pani rozumiem ja ty tak mnie pana w z i dla bardzo",
    "ja ei se että mutta minä sinä olen niin kun mitä ymmärrän tämä hän ovat joka teidän sinun",
    "ve bir bu çok için ama değil ben sen ne anlıyorum da de gibi daha sizin",
    "nem hogy egy az és van ez értem de is ha azt maga önnek mint csak",
    "nu și este că pentru cu ce un mai sunt dar înțeleg vă eu de la să nu-i",
    "se není je že ale jsem na co jak rozumím si to tak jste vás pro když",
    "yang dan tidak saya anda ini itu untuk dengan aku kamu apa adalah bisa akan",
    "không là và tôi bạn của có một cho những anh em điều này",
];

/// Whether `text` is plainly in another language. `known` says whether a word, in lower case, is a
/// common English word form (a whole piece of the scorer's vocabulary).
pub fn is_foreign(text: &str, known: impl Fn(&str) -> bool) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let latin = text.chars().filter(|c| c.is_alphabetic() && is_latin(*c)).count();
    if letters == 0 {
        return false;
    }
    if 2 * latin < letters {
        return true;
    }
    let words = words(text);
    if words.len() < 2 {
        return false;
    }
    let share = |counts: &dyn Fn(&str) -> bool| {
        words.iter().filter(|word| counts(word)).count() as f64 / words.len() as f64
    };
    let english = share(&|word| in_list(ENGLISH, word) && !in_list(SHARED, word));
    let other = OTHERS
        .iter()
        .filter(|list| words.iter().any(|w| in_list(list, w) && !in_list(ENGLISH, w)))
        .map(|list| share(&|word| in_list(list, word)))
        .fold(0.0, f64::max);
    let enough = if words.len() < 5 { 0.5 } else { 0.25 };
    if other >= enough && other > 2.0 * english {
        return true;
    }
    let unknown = share(&|word| !known(word));
    let marked = share(&|word| !known(word) && !word.is_ascii());
    english <= 0.15 && (words.len() >= 5 && unknown >= 0.7 || marked >= 0.5)
}

fn in_list(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// Words of letters and inner apostrophes, in lower case.
fn words(text: &str) -> Vec<String> {
    text.replace('’', "'")
        .split(|c: char| !c.is_alphabetic() && c != '\'')
        .map(|word| word.trim_matches('\'').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

const fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}'
        | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}')
}

#[cfg(test)]
mod tests {
    use super::is_foreign;

    #[test]
    fn other_languages_are_noticed_by_their_words() {
        for text in [
            "Entiendo que esto no le ha servido para nada.",
            "No me extraña que no quieras hacerlo.",
            "Je comprends que c'est difficile pour vous.",
            "On me dit que vous en avez assez.",
            "Das klingt, als ob Sie sehr müde sind.",
            "Was hat das in Ihnen ausgelöst?",
            "Ik hoor dat het je te veel is.",
            "Dat is zo zwaar, je hebt in de week al zo veel.",
            "Понимаю, что вам сейчас тяжело.",
            "それはとてもつらかったですね。",
            "أفهم أن هذا صعب عليك",
            "Ymmärrän että tämä ei ole sinulle helppoa",
            "Rozumiem, że to jest dla pana trudne.",
            "Rozumiem pana zmęczenie i złość.",
        ] {
            assert!(is_foreign(text, |_| true), "{text}");
        }
    }

    #[test]
    fn words_that_nobody_here_knows_are_another_language() {
        for text in ["Selbstverständlich, Angstschweiß.", "Čtvrtstoletí trpět, rozumím."] {
            assert!(is_foreign(text, |_| false), "{text}");
        }
    }

    #[test]
    fn short_typed_and_odd_english_is_english() {
        for text in [
            "Oof.",
            "Football then",
            "Two against one.",
            "thats rough",
            "A beach ball. Dear me.",
            "Gone.",
            "Déjà vu, this room.",
            "Café, then, rather than clinic?",
            "😀",
            "Ruth, more chores.",
            "Nadja Wojciechowska again?",
            "No. Not me.",
            "So is it me?",
            "So do I.",
            "As if.",
            "Die of it, or dat new thing?",
            "",
        ] {
            assert!(!is_foreign(text, |_| true), "{text}");
        }
    }
}
