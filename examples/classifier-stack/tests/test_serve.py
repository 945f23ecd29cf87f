import pytest

BAROLO = [14.23, 1.71, 2.43, 15.6, 127.0, 2.8, 3.06, 0.28, 2.29, 5.64, 1.04, 3.92, 1065.0]
GRIGNOLINO = [12.37, 0.94, 1.36, 10.6, 88.0, 1.98, 0.57, 0.28, 0.42, 1.95, 1.05, 1.82, 520.0]
BARBERA = [12.86, 1.35, 2.32, 18.0, 122.0, 1.51, 1.25, 0.21, 0.94, 4.1, 0.76, 1.29, 630.0]


def test_health(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "healthy"}


@pytest.mark.parametrize(
    ("features", "cultivar"),
    [
        pytest.param(BAROLO, 0, id="Barolo"),
        pytest.param(GRIGNOLINO, 1, id="Grignolino"),
        pytest.param(BARBERA, 2, id="Barbera"),
    ],
)
def test_predicts_the_cultivar(client, features, cultivar):
    response = client.post("/predict", json={"features": features})
    assert response.status_code == 200
    assert response.json()["prediction"] == cultivar
    assert 1 / 3 < response.json()["confidence"] <= 1


@pytest.mark.parametrize(
    "features",
    [[], BAROLO[:-1], [*BAROLO, 1.0], ["red", *BAROLO[1:]]],
    ids=["none", "one too few", "one too many", "a word"],
)
def test_refuses_what_is_no_wine(client, features):
    assert client.post("/predict", json={"features": features}).status_code == 422


def test_metrics_count_predictions_by_cultivar(client):
    client.post("/predict", json={"features": BARBERA})
    assert 'predictions_total{prediction="Barbera"}' in client.get("/metrics").text


def test_the_version_of_the_model_is_in_the_metrics_and_the_description(client):
    version = client.get("/openapi.json").json()["info"]["version"]
    assert version
    assert f'model_info{{version="{version}"}} 1.0' in client.get("/metrics").text
