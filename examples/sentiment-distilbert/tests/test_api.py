import pytest


def test_health(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "healthy", "model_loaded": True}


@pytest.mark.parametrize(
    ("text", "label"),
    [("I love this", "POSITIVE"), ("I hate this", "NEGATIVE"), ("What a pleasure!", "POSITIVE"), ("It is broken.", "NEGATIVE")],
)
def test_predicts_the_sentiment(client, text, label):
    response = client.post("/predict", json={"text": text})
    assert response.status_code == 200
    assert response.json()["label"] == label
    assert 0.5 < response.json()["score"] <= 1
    assert response.json()["model_version"]


def test_the_same_text_is_answered_from_the_cache(client):
    first, second = (client.post("/predict", json={"text": "I love this"}).json() for _ in range(2))
    assert (first.pop("cached"), second.pop("cached")) == (False, True)
    assert first == second


def test_long_texts_are_cut(client):
    assert client.post("/predict", json={"text": "I love this " * 500}).json()["label"] == "POSITIVE"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"text": ""}, id="empty"),
        pytest.param({"text": 1}, id="not a text"),
        pytest.param({"text": "a" * 10_001}, id="too long"),
    ],
)
def test_rejects_anything_but_a_text(client, body):
    assert client.post("/predict", json=body).status_code == 422
