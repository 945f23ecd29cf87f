import pytest

train = pytest.importorskip("train", reason="the image that ships does not train").train


def test_model_is_accurate(tmp_path):
    assert train(tmp_path / "model.joblib") > 0.9


def test_training_is_reproducible(tmp_path):
    first, second = tmp_path / "first.joblib", tmp_path / "second.joblib"
    train(first)
    train(second)
    assert first.read_bytes() == second.read_bytes()
