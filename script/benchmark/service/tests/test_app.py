import pytest


def test_health(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("features", "species"),
    [
        pytest.param([5.1, 3.5, 1.4, 0.2], 0, id="setosa"),
        pytest.param([5.7, 2.8, 4.1, 1.3], 1, id="versicolor"),
        pytest.param([6.5, 3.0, 5.8, 2.2], 2, id="virginica"),
    ],
)
def test_predicts_the_species(client, features, species):
    response = client.post("/predict", json={"features": features})
    assert response.status_code == 200
    assert response.json()["prediction"] == species
    assert 0.8 < response.json()["probability"] <= 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"features": [5.1, 3.5, 1.4]}, id="too few"),
        pytest.param({"features": [5.1, 3.5, 1.4, 0.2, 1.0]}, id="too many"),
        pytest.param({"features": [5.1, 3.5, 1.4, "wide"]}, id="not a number"),
    ],
)
def test_rejects_anything_but_four_numbers(client, body):
    assert client.post("/predict", json=body).status_code == 422
