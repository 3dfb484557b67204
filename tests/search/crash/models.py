"""Small models of sentence-transformers with random weights."""

import string

from tests.search.crash.shelf import WORDS

POISON, UNHEARD = "poison", "unheard"


def tiny_model(folder, seed, size):
    """Save a model with vectors of `size` numbers; other seeds give other vectors.

    Its vector of any text with the word POISON is not a number. The word UNHEARD its tokenizer
    knows and the model does not: it fails on any text with it.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(seed)
    base = folder.parent / f"{folder.name}-base"
    base.mkdir(parents=True)
    letters = [*string.ascii_lowercase, *string.digits, *".,:-"]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    pieces += [f"##{letter}" for letter in letters] + [*WORDS, POISON, UNHEARD]
    (base / "vocab.txt").write_text("\n".join(pieces))
    BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base)
    config = BertConfig(
        vocab_size=len(pieces) - 1,
        hidden_size=size,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=size,
        max_position_embeddings=256,
    )
    model = BertModel(config)
    with torch.no_grad():
        model.embeddings.word_embeddings.weight[pieces.index(POISON)] = float("nan")
    model.save_pretrained(base, safe_serialization=True)
    words = Transformer(str(base), max_seq_length=256)
    SentenceTransformer(modules=[words, Pooling(size), Normalize()], device="cpu").save(str(folder))
