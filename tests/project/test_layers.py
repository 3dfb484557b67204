import sys

import pytest
from importlinter.cli import lint_imports_command


def test_every_layer_imports_only_what_stands_below_it(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["lint-imports", "--no-cache"])
    with pytest.raises(SystemExit) as ended:
        lint_imports_command(standalone_mode=False)
    assert not ended.value.code, capsys.readouterr().out
