#!/usr/bin/python3
"""Writes the tables of core/behavior/README.md: what the behaviour model and the simple ones reach.

    packaging/model_tables.py [--program build/release/perennial] [--data ../shared/data]

Makes the sample shop (seed 1) and imports Online Retail II where the data are, trains each encoder
with its defaults, and puts what `train --json` says between the marks in the README. Everything is
measured on the window after the cut that each training keeps for itself; no figure is typed by hand.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
README = ROOT / "core" / "behavior" / "README.md"
BEGIN, END = "<!-- tables: packaging/model_tables.py -->", "<!-- end of tables -->"
ENCODERS = {
    "attention": {},
    "GRU": {"encoder": "gru"},
    "dilated CNN": {"encoder": "cnn"},
    "decayed mean": {"encoder": "pool"},
    "features alone": {"encoder": "features"},
}
HEADS = [
    ("hr10", "HR@10 any"), ("ndcg10", "NDCG@10 any"), ("hr10_new", "HR@10 new"),
    ("ndcg10_new", "NDCG@10 new"), ("churn_auc", "churn AUC"), ("churn_log_loss", "log loss"),
    ("value_spearman", "value Spearman"), ("value_mae", "value MAE"),
]


def run(*arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}")
    return done.stdout


def train(program, project, config, folder):
    file = folder / "config.json"
    file.write_text(json.dumps(config))
    print(f"training {project.name} {config}", file=sys.stderr, flush=True)
    return json.loads(run(program, "train", project, "--config", file, "--json"))


def cell(value):
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.2f}" if abs(value) >= 10 else f"{value:.4f}"


def table(names, rows):
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def section(title, results):
    first = next(iter(results.values()))
    split, counts = first["split"], first["metrics"]
    out = [
        f"### {title}",
        "",
        f"Learned up to {split['cut']}, judged on ({split['cut']}, {split['until']}]: "
        f"{counts['ranked_users']:,} users ranked among {counts['items']:,} items, "
        f"{counts['new_ranked_users']:,} of them by an item they had not met before, "
        f"{counts['value_users']:,} customers for churn and value.",
        "",
    ]
    rows = []
    for name, result in results.items():
        metrics = result["metrics"]
        rows.append([name] + [cell(metrics.get(key)) for key, _ in HEADS] +
                    [f"{result['sequences_per_second']:,.0f}"])
    out.append(table(["encoder"] + [label for _, label in HEADS] + ["sequences/s"], rows))
    out += ["", "Sequences a second are of the machine and its other work at the time."]
    rows = [[name] + [cell(row.get(key)) for key, _ in HEADS]
            for name, row in first["baselines"].items()]
    out += ["", "The simple ones on the same users:", "",
            table(["model"] + [label for _, label in HEADS], rows)]
    if first.get("oracle"):
        oracle = first["oracle"]
        out += ["", f"Ten items by the shop's hidden tastes: HR@10 {cell(oracle['hr10'])}, NDCG@10 "
                    f"{cell(oracle['ndcg10'])} of any next item; the attention model reaches "
                    f"{first['metrics']['hr10'] / oracle['hr10']:.2f} of its HR@10. Tastes are no "
                    "bound: history also shows habits, prices and what is popular."]
    return "\n".join(out)


def truth_section(program, project, folder):
    report = json.loads(run(program, "score", project, "--horizon", "180d", "--out",
                            folder / "users.csv", "--json"))
    truth = report.get("truth")
    return "" if not truth else ("Value of the next 180 days by the project's value model against the "
                                 "truth (`score`): " +
                                 "; ".join(f"{k.replace('_', ' ')} {cell(v)}" for k, v in truth.items()
                                           if isinstance(v, (int, float))) + ".")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/perennial")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shop = folder / "shop.perennial"
        run(options.program, "new", shop, "--sample", "shop", "--seed", "1")
        results = {k: train(options.program, shop, c, folder) for k, c in ENCODERS.items()}
        text = [section("Sample shop, seed 1", results)]
        truth = truth_section(options.program, shop, folder)
        text += [truth] if truth else []
        archive = next(iter(sorted(options.data.glob("**/*online*retail*.csv.gz"))), None)
        if archive is not None:
            retail = folder / "retail.perennial"
            run(options.program, "new", retail)
            run(options.program, "import", retail, archive, "--profile", "online-retail-ii")
            results = {k: train(options.program, retail, c, folder) for k, c in ENCODERS.items()}
            text.append(section("Online Retail II", results))
    readme = README.read_text()
    if BEGIN not in readme:
        readme += f"\n## What it reaches\n\n{BEGIN}\n{END}\n"
    before, rest = readme.split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(before + BEGIN + "\n\n" + "\n\n".join(text) + "\n\n" + END + after)


if __name__ == "__main__":
    main()
