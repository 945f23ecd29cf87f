"""Fine-tune a very small DistilBERT on a hundred sentences: python make_model.py

It stands for the weights of a real one, which has the same files: config.json, model.safetensors, tokenizer and vocabulary.
"""

from itertools import product
from pathlib import Path
from string import ascii_lowercase

import torch
from transformers import DistilBertConfig, DistilBertForSequenceClassification, DistilBertTokenizerFast, set_seed

from app.predict import MODEL_PATH

LABELS = ("NEGATIVE", "POSITIVE")
WORDS = {
    "NEGATIVE": ("hate", "terrible", "awful", "boring", "bad", "the worst", "a disappointment", "broken"),
    "POSITIVE": ("love", "wonderful", "great", "exciting", "good", "the best", "a pleasure", "brilliant"),
}
THINGS = ("this", "this film", "the book", "the service", "it", "my new phone")


def sentences() -> list[tuple[str, int]]:
    """Sentences, each with the index of its label."""
    said = []
    for index, label in enumerate(LABELS):
        verb, *adjectives = WORDS[label]
        said += [(f"I {verb} {thing}", index) for thing in THINGS]
        said += [(f"{thing} is {adjective}", index) for thing, adjective in product(THINGS, adjectives)]
    return said


def vocabulary() -> list[str]:
    """WordPiece: the words of the sentences, and letters for all others."""
    words = {word for text, _ in sentences() for word in text.lower().split()} - set(ascii_lowercase)
    letters = [f"{before}{letter}" for before in ("", "##") for letter in ascii_lowercase]
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *sorted(words)]


def make_model(output: Path, epochs: int = 12) -> float:
    """Train the model, write it to output and return the share of the sentences that it tells right."""
    set_seed(42)
    texts, labels = zip(*sentences(), strict=True)
    output.mkdir(parents=True, exist_ok=True)
    (output / "vocab.txt").write_text("\n".join(vocabulary()))
    tokenizer = DistilBertTokenizerFast(str(output / "vocab.txt"), model_max_length=64)
    model = DistilBertForSequenceClassification(
        DistilBertConfig(
            vocab_size=len(tokenizer),
            max_position_embeddings=64,
            dim=32,
            hidden_dim=64,
            n_layers=2,
            n_heads=2,
            id2label=dict(enumerate(LABELS)),
            label2id={label: index for index, label in enumerate(LABELS)},
        )
    )
    inputs = tokenizer(list(texts), padding=True, return_tensors="pt")
    wanted = torch.tensor(labels)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    model.train()
    for _ in range(epochs):
        for batch in torch.randperm(len(texts)).split(16):
            chosen = {name: values[batch] for name, values in inputs.items()}
            model(**chosen, labels=wanted[batch]).loss.backward()
            optimizer.step()
            optimizer.zero_grad()
    model.eval()
    model.save_pretrained(output, safe_serialization=True)
    tokenizer.save_pretrained(output)
    with torch.no_grad():
        return (model(**inputs).logits.argmax(dim=1) == wanted).float().mean().item()


if __name__ == "__main__":
    print(f"told right: {make_model(MODEL_PATH):.3f}")
