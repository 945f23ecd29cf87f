import pytest

from app.batches import QUEUE, TAKEN
from app.worker import put_back, work
from tests.customers import LEAVING, LOYAL

BATCH = {"customers": [LEAVING, LOYAL]}


def test_worker_answers_a_batch_as_the_api_answers_each_customer(client, redis, model):
    queued = client.put("/batches/monday", json=BATCH)
    assert (queued.status_code, queued.json()["state"]) == (202, "queued")
    assert client.get("/batches/monday").status_code == 202

    work(redis, model, timeout=1)

    done = client.get("/batches/monday")
    assert (done.status_code, done.json()["state"]) == (200, "done")
    assert done.json()["predictions"] == [
        client.post("/predict", json=customer).json() for customer in BATCH["customers"]
    ]


def test_batches_are_answered_in_their_order_and_leave_nothing_behind(client, redis, model):
    for name in ("monday", "tuesday"):
        client.put(f"/batches/{name}", json=BATCH)
    assert [work(redis, model, timeout=1).name for _ in range(2)] == ["monday", "tuesday"]
    assert (redis.llen(QUEUE), redis.llen(TAKEN)) == (0, 0)


def test_without_a_batch_the_worker_waits_no_longer_than_it_is_told(redis, model):
    assert work(redis, model, timeout=0.01) is None


def test_what_a_dead_worker_had_taken_comes_first(client, redis, model):
    client.put("/batches/monday", json=BATCH)
    redis.lmove(QUEUE, TAKEN, "RIGHT", "LEFT")
    client.put("/batches/tuesday", json=BATCH)

    put_back(redis)

    assert work(redis, model, timeout=1).name == "monday"


def test_an_unknown_batch_is_not_found_and_not_waited_for(client):
    assert client.get("/batches/monday?wait=30").status_code == 404


@pytest.mark.parametrize("batch", [{}, {"customers": []}, {"customers": [{}]}], ids=["none", "empty", "bad customer"])
def test_rejects_what_is_no_batch(client, batch):
    assert client.put("/batches/monday", json=batch).status_code == 422
