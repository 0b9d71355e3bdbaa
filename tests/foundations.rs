//! The balance of the built-in pack *foundations*: what a trainee meets is not left to chance.

use std::sync::Arc;

use rollwith::pack::{Form, Level, Library, Nature, Pack, ReplyStance, Vignette};

fn foundations() -> Pack {
    let library = Library::built_in();
    assert_eq!(library.diagnostics(), []);
    library.pack("foundations").expect("it is built in").pack.clone()
}

fn count(pack: &Pack, is_it: impl Fn(&Vignette) -> bool) -> usize {
    pack.vignettes.iter().filter(|vignette| is_it(vignette)).count()
}

fn scored(pack: &Pack) -> impl Iterator<Item = &Arc<Vignette>> {
    pack.vignettes.iter().filter(|vignette| !vignette.duty)
}

#[test]
fn there_is_enough_of_every_level_and_kind() {
    let pack = foundations();
    assert!(pack.vignettes.len() >= 30);
    for level in Level::ALL {
        assert!(count(&pack, |vignette| vignette.level == *level) >= 10, "{level}");
        // Otherwise a level could be passed by saying yes to everything.
        let none = count(&pack, |v| v.level == *level && !v.resistance.nature.is_resistance());
        assert!(none >= 2, "{level}");
    }
    assert!(count(&pack, |v| v.resistance.nature == Nature::Follows) >= 4);
    assert!(count(&pack, |v| v.resistance.nature == Nature::Ambivalent) >= 4);
    assert_eq!(count(&pack, |v| v.duty), 1);
    let wordless = |v: &Vignette| {
        v.statement.is_none() && v.resistance.nature == Nature::Resistance(Form::Process)
    };
    assert!(count(&pack, wordless) >= 2, "process resistance without a word");
    for form in Form::ALL {
        assert!(count(&pack, |v| v.resistance.nature.form() == Some(*form)) >= 2, "{form}");
    }
}

/// The ordinary limits of the pack: time, payment, intoxication and the like, which are the
/// therapist's to hold and part of the scored work.
const LIMITS: &[&str] =
    &["two-beers", "not-one-word", "the-part-that-matters", "charged-for-being-ill"];

#[test]
fn ordinary_limits_are_held_in_at_least_two() {
    let pack = foundations();
    assert!(LIMITS.len() >= 2);
    for id in LIMITS {
        let vignette = pack.vignettes.iter().find(|vignette| vignette.id == *id);
        assert!(vignette.is_some_and(|vignette| !vignette.duty), "{id}");
    }
}

#[test]
fn every_vignette_has_all_that_the_practice_loop_shows() {
    let pack = foundations();
    for vignette in &pack.vignettes {
        let id = &vignette.id;
        let of = |stance| vignette.replies.iter().filter(|reply| reply.stance == stance).count();
        let models = vignette.models().count();
        assert_eq!(vignette.foil.is_none(), vignette.duty, "{id}");
        assert!(!vignette.heard.feelings.is_empty() && !vignette.heard.meanings.is_empty(), "{id}");
        if vignette.duty {
            assert!(
                models >= 1 && of(ReplyStance::Avoided) + of(ReplyStance::Directive) >= 1,
                "{id}"
            );
        } else if vignette.resistance.nature == Nature::Follows {
            assert!(models >= 1 && of(ReplyStance::Overdone) >= 1, "{id}");
        } else {
            assert!(models >= 2, "{id}: two models");
            assert!(of(ReplyStance::Directive) >= 2, "{id}: two directive replies");
            assert_eq!(of(ReplyStance::Mixed), 1, "{id}: one mixed reply");
        }
    }
}

#[test]
fn no_reply_stands_twice_and_length_does_not_give_the_stance_away() {
    let pack = foundations();
    let mut texts = std::collections::BTreeSet::new();
    let (mut longest, mut all) = (0, 0);
    for vignette in scored(&pack).filter(|v| v.resistance.nature != Nature::Follows) {
        for reply in &vignette.replies {
            assert!(texts.insert(reply.text.to_lowercase()), "{}: {}", vignette.id, reply.text);
        }
        let words = |text: &str| text.split_whitespace().count();
        let most = vignette.replies.iter().max_by_key(|reply| words(&reply.text)).unwrap();
        longest += usize::from(most.stance == ReplyStance::Supportive);
        all += 1;
    }
    // Two of five replies are supportive: by chance 40 in 100 of the longest ones.
    assert!((20..=60).contains(&(100 * longest / all)), "{longest} of {all}");
}
