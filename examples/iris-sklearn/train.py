"""Train the iris classifier: python train.py --output model/classifier.joblib"""

import argparse
import json
from pathlib import Path

import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split


FLOWERS = Path(__file__).parent / "data" / "iris.csv"
FEATURES = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
SPECIES = ["setosa", "versicolor", "virginica"]


def train(output: Path, flowers: Path = FLOWERS) -> float:
    """Fit the classifier, write it to output and return its accuracy on held-out flowers."""
    frame = pd.read_csv(flowers)
    species = frame["species"].map(SPECIES.index)
    x_train, x_test, y_train, y_test = train_test_split(
        frame[FEATURES].to_numpy(), species.to_numpy(), test_size=0.2, stratify=species, random_state=42
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
