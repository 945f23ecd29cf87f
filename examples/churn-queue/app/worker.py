"""Take batches from Redis, predict, write the answers back: python -m app.worker"""

import logging
import os
from pathlib import Path

from redis import Redis

from app.batches import QUEUE, TAKEN, Job, Progress, connect, record
from app.model import ChurnModel

ALIVE = Path(os.environ.get("ALIVE_FILE", "/tmp/worker-alive"))
log = logging.getLogger("worker")


def put_back(redis: Redis) -> None:
    """Return what a worker had taken when it died. Predicting twice does no harm."""
    while redis.lmove(TAKEN, QUEUE, "LEFT", "RIGHT"):
        pass


def work(redis: Redis, model: ChurnModel, timeout: float) -> Progress | None:
    """Do one job, or wait for one until the timeout."""
    taken = redis.blmove(QUEUE, TAKEN, timeout, "RIGHT", "LEFT")
    if taken is None:
        return None
    job = Job.model_validate_json(taken)
    done = Progress(name=job.name, state="done", predictions=model.predict(job.customers))
    record(redis, done)
    redis.lrem(TAKEN, 1, taken)
    return done


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    redis, model = connect(), ChurnModel()
    put_back(redis)
    log.info("model %s, waiting for batches", model.version)
    while True:
        ALIVE.touch()
        if done := work(redis, model, timeout=5):
            log.info("%s: %d customers", done.name, len(done.predictions or ()))


if __name__ == "__main__":
    main()
