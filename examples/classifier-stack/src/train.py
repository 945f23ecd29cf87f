"""Train the wine classifier on scikit-learn's wine data: python -m src.train"""

import os
import pickle
from pathlib import Path

from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

MODEL_PATH = Path(os.environ.get("MODEL_PATH", "models/model.pkl"))


def train(output: Path) -> float:
    """Fit the model, write it to output and return its accuracy on held-out wines."""
    wines, cultivars = load_wine(return_X_y=True)
    x_train, x_test, y_train, y_test = train_test_split(
        wines, cultivars, test_size=0.25, stratify=cultivars, random_state=42
    )
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(x_train, y_train)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(pickle.dumps(model))
    return accuracy_score(y_test, model.predict(x_test))


if __name__ == "__main__":
    print(f"accuracy on held-out wines: {train(MODEL_PATH):.3f}")
