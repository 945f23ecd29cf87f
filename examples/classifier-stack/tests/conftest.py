import os

import pytest
from fastapi.testclient import TestClient

from src.train import MODEL_PATH, train


@pytest.fixture(scope="session")
def serve():
    """The service. Trains models/model.pkl, which it loads and the Dockerfile copies; a model named by MODEL_PATH is tested as it is."""
    if "MODEL_PATH" not in os.environ:
        train(MODEL_PATH)
    from src import serve

    return serve


@pytest.fixture(scope="session")
def client(serve):
    return TestClient(serve.app)
