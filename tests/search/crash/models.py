"""Small models of sentence-transformers with random weights."""

import string

from tests.search.crash.shelf import WORDS


def tiny_model(folder, seed, size):
    """Save a model with vectors of `size` numbers; other seeds give other vectors."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(seed)
    base = folder.parent / f"{folder.name}-base"
    base.mkdir(parents=True)
    letters = [*string.ascii_lowercase, *string.digits, *".,:-"]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    pieces += [f"##{letter}" for letter in letters] + list(WORDS)
    (base / "vocab.txt").write_text("\n".join(pieces))
    BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=size,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=size,
        max_position_embeddings=256,
    )
    BertModel(config).save_pretrained(base, safe_serialization=True)
    words = Transformer(str(base), max_seq_length=256)
    SentenceTransformer(modules=[words, Pooling(size), Normalize()], device="cpu").save(str(folder))
