"""Train the churn model on synthetic customers: python -m app.train"""

import os
from pathlib import Path

import numpy as np
import xgboost

MODEL_PATH = Path(os.environ.get("MODEL_PATH", "models/churn.ubj"))
FEATURES = ("tenure_months", "monthly_charges", "total_charges", "num_products", "has_support_calls")


def synthetic_customers(count: int, seed: int) -> xgboost.DMatrix:
    """Customers, one a row in the order of FEATURES, labelled by whether they left."""
    rng = np.random.default_rng(seed)
    tenure = rng.integers(1, 73, count)
    monthly = rng.uniform(20, 120, count)
    total = tenure * monthly * rng.uniform(0.9, 1.1, count)
    products = rng.integers(1, 5, count)
    calls = rng.integers(0, 2, count)
    log_odds = -1.0 - 0.05 * tenure + 0.015 * monthly - 0.4 * products + 0.9 * calls
    left = rng.random(count) < 1 / (1 + np.exp(-log_odds))
    customers = np.column_stack([tenure, monthly, total, products, calls])
    return xgboost.DMatrix(customers, label=left, feature_names=list(FEATURES))


def train(output: Path) -> float:
    """Fit the model, write it to output and return its ROC AUC on other customers."""
    booster = xgboost.train(
        {"objective": "binary:logistic", "max_depth": 3, "eta": 0.1, "eval_metric": "auc", "nthread": 1, "seed": 42},
        synthetic_customers(count=5000, seed=42),
        num_boost_round=60,
    )
    output.parent.mkdir(parents=True, exist_ok=True)
    booster.save_model(output)
    return float(booster.eval(synthetic_customers(count=2000, seed=43)).rpartition(":")[2])


if __name__ == "__main__":
    print(f"ROC AUC on other customers: {train(MODEL_PATH):.3f}")
