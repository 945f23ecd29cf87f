"""Train the iris classifier: python train.py --output model/classifier.joblib"""

import argparse
import json
from pathlib import Path

import joblib
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split


def train(output: Path) -> float:
    """Fit the classifier, write it to output and return its accuracy on held-out flowers."""
    features, species = load_iris(return_X_y=True)
    x_train, x_test, y_train, y_test = train_test_split(
        features, species, test_size=0.2, stratify=species, random_state=42
    )
    model = LogisticRegression(max_iter=500).fit(x_train, y_train)
    output.parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, output)
    return model.score(x_test, y_test)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    output = parser.parse_args().output
    accuracy = train(output)
    (output.parent / "metrics.json").write_text(json.dumps({"accuracy": accuracy}))
    print(f"accuracy on held-out flowers: {accuracy:.3f}")
