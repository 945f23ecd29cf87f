from make_model import make_model


def test_the_model_tells_praise_from_blame(tmp_path):
    assert make_model(tmp_path) == 1


def test_making_it_is_reproducible(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    make_model(first, epochs=1)
    make_model(second, epochs=1)
    assert (first / "model.safetensors").read_bytes() == (second / "model.safetensors").read_bytes()
