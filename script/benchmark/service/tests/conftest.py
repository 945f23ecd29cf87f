import os

import pytest
from fastapi.testclient import TestClient


@pytest.fixture(scope="session")
def client(tmp_path_factory):
    """The service with the model at MODEL_PATH, as in the image; elsewhere with one trained for this run."""
    if "MODEL_PATH" not in os.environ:
        from train import train

        path = tmp_path_factory.mktemp("model") / "classifier.joblib"
        train(path)
        os.environ["MODEL_PATH"] = str(path)
    from app import app  # loads the model

    return TestClient(app)
