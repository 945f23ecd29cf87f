import os

import pytest
from fastapi.testclient import TestClient

from src.api.app import app
from src.train import MODEL_PATH, train


@pytest.fixture(scope="session", autouse=True)
def model():
    """Trains models/churn_model.joblib, which the Dockerfile copies; a model named by MODEL_PATH is tested as it is."""
    if "MODEL_PATH" not in os.environ:
        train(MODEL_PATH)


@pytest.fixture(scope="session")
def client(model):
    with TestClient(app) as client:
        yield client
