"""The churn model: loaded once, asked by the API and by the worker."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import xgboost
from pydantic import BaseModel, ConfigDict, Field

from app.train import FEATURES, MODEL_PATH


class Customer(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "tenure_months": 12,
                    "monthly_charges": 65.0,
                    "total_charges": 780.0,
                    "num_products": 2,
                    "has_support_calls": 1,
                }
            ]
        }
    )

    tenure_months: int = Field(ge=0)
    monthly_charges: float = Field(ge=0)
    total_charges: float = Field(ge=0)
    num_products: int = Field(ge=1)
    has_support_calls: Literal[0, 1]


class Churn(BaseModel):
    churn: bool
    churn_probability: float
    model_version: str


class ChurnModel:
    def __init__(self, path: Path = MODEL_PATH, device: str = os.environ.get("DEVICE", "cpu")) -> None:
        self._booster = xgboost.Booster({"device": device}, model_file=path)
        self.version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]

    def predict(self, customers: Sequence[Customer]) -> list[Churn]:
        rows = [[getattr(customer, name) for name in FEATURES] for customer in customers]
        probabilities = self._booster.predict(xgboost.DMatrix(rows, feature_names=list(FEATURES)))
        return [
            Churn(churn=p >= 0.5, churn_probability=round(p, 4), model_version=self.version)
            for p in map(float, probabilities)
        ]
