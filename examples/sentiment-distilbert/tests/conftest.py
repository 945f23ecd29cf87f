import os

import fakeredis
import pytest
from fastapi.testclient import TestClient

from app import main
from app.predict import MODEL_PATH
from make_model import make_model


@pytest.fixture(scope="session", autouse=True)
def model_path():
    """Makes model/distilbert-sentiment, which the volume holds; a model named by MODEL_PATH is tested as it is."""
    if "MODEL_PATH" not in os.environ:
        make_model(MODEL_PATH)
    return MODEL_PATH


@pytest.fixture
def cache():
    return fakeredis.FakeRedis(decode_responses=True)


@pytest.fixture
def client(model_path, cache, monkeypatch):
    monkeypatch.setattr(main, "connect", lambda url: cache)
    with TestClient(main.app) as client:
        yield client
