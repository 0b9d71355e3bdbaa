"""What each part earns: runs of experiment.py on 2,000 responses, and the table of them.

usage: ablate.py run [NAME ...]     (all, or those named; two seeds each; resumable)
       ablate.py table              (test split; differences from `base` with 95% intervals over moments, both seeds)
"""
import sys
from dataclasses import replace

import numpy as np

import calibrate
import experiment
import labels
import metrics
from learn import Recipe
from paths import OUT

MOST, SEEDS, DRAWS = 2000, (1, 2), 1000
BASE = Recipe(most=MOST, epochs=6)
PARTS = {
    "base": {}, "layers2": {"layers": 2}, "layers4": {"layers": 4}, "layers6": {"layers": 6},
    "no_direction": {"direction": 0}, "no_criteria": {"criteria": 0}, "no_moves": {"moves": 0}, "verdict_alone": {"criteria": 0, "moves": 0, "behaviours": 0, "spoken_verdicts": 0},
    "no_annomi": {"behaviours": 0, "spoken_verdicts": 0}, "annomi_without_verdicts": {"spoken_verdicts": 0},
    "pairs_apart": {"together": 0}, "nothing_made": {"made": 0}, "slips": {"slips": 0.15}, "annomi_heavier": {"spoken_share": 0.4, "spoken_weight": 1.6}, "thinned6": {"layers": 6, "width": 768},
    "curve500": {"most": 500, "epochs": 8}, "curve1000": {"most": 1000, "epochs": 7}, "curve4000": {"most": 4000}, "curve_all": {"most": 0, "epochs": 5},
}


def macro_f1(pairs):
    truth, guess = np.array([p[1] for p in pairs]), np.array([p[2] for p in pairs])
    return metrics.classes(truth, guess, labels.VERDICTS)["macro_f1"]


def difference(ours, theirs):
    """The mean difference in macro-F1 and its 95% interval, moments drawn again, seeds side by side."""
    by_moment = {}
    for seed in range(len(ours)):
        for key, row in ours[seed].items():
            by_moment.setdefault(row[0], []).append((seed, row, theirs[seed][key]))
    groups, rng, found = sorted(by_moment), np.random.default_rng(7), []
    for _ in range(DRAWS):
        drawn = [x for i in rng.integers(len(groups), size=len(groups)) for x in by_moment[groups[i]]]
        found.append(np.mean([macro_f1([x[1] for x in drawn if x[0] == s]) - macro_f1([x[2] for x in drawn if x[0] == s]) for s in range(len(ours))]))
    return np.quantile(found, [0.025, 0.975])


def line(name):
    seeds = [s for s in SEEDS if (OUT / "runs" / name / f"{s}.jsonl").exists()]
    if len(seeds) < len(SEEDS):
        return None
    each, aucs, kappas = [], [], []
    for seed in seeds:
        rows = calibrate.averaged([name], seed)
        test, z, y = calibrate.typed(rows, "test")
        each.append({r["id"]: (r["group"], t, int(g)) for r, t, g in zip(test, y, z.argmax(1))})
        kappas.append(metrics.classes(y, z.argmax(1), labels.VERDICTS)["kappa"])
        spoken = [r for r in rows if r["kind"] == "spoken"]
        aucs.append(metrics.carry_over(spoken))
    return each, [macro_f1(list(e.values())) for e in each], kappas, aucs


def table():
    base = line("base")
    print(f"{'run':<26} macro-F1 (each seed)   kappa   stance AUC   against base")
    for name in PARTS:
        found = line(name)
        if found is None:
            continue
        each, scores, kappas, aucs = found
        against = "" if name == "base" else "{:+.3f} [{:+.3f}, {:+.3f}]".format(np.mean(scores) - np.mean(base[1]), *difference(each, base[0]))
        print(f"{name:<26} {np.mean(scores):.3f} ({', '.join(f'{s:.3f}' for s in scores)})   {np.mean(kappas):.3f}   {np.mean(aucs):.3f}        {against}")
    test, z, y = calibrate.typed(calibrate.averaged(["base"]), "test")
    both = {r["id"]: (r["group"], t, int(g)) for r, t, g in zip(test, y, z.argmax(1))}
    score, kappa = macro_f1(list(both.values())), metrics.classes(y, z.argmax(1), labels.VERDICTS)["kappa"]
    print("{:<26} {:.3f}                  {:.3f}                {:+.3f} [{:+.3f}, {:+.3f}]".format(
        "base, seeds averaged", score, kappa, score - np.mean(base[1]), *difference([both, both], base[0])))


def main(what, *names):
    if what == "table":
        table()
        return
    setting = experiment.setup()
    for name in names or PARTS:
        for seed in SEEDS:
            experiment.run(name, replace(BASE, seed=seed, **PARTS[name]), setting=setting)


if __name__ == "__main__":
    main(*sys.argv[1:])
