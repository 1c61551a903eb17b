"""Pictures of every page in two sizes and two themes, of a project that stays as it is."""

from PySide6.QtGui import QImage

from rubric_studio.ui.pages import PAGES, VIEWS_OF
from rubric_studio.ui.snapshot import take_snapshots

VIEWS = [f"{page}-{view}" for page, views in VIEWS_OF.items() for view in views]
NAMES = ["questions", "guide", "score", *VIEWS, "results", "handover", "versions"]


def test_every_page_is_pictured_in_each_size_and_theme(qapp, workplace, tmp_path):
    try:
        written = take_snapshots(qapp, workplace, workplace.example(), tmp_path / "pictures")
    finally:
        workplace.executor.shutdown(wait=True)
    names = {path.name for path in written}
    assert names == {
        f"{page}-{size}-{theme}.png"
        for page in NAMES
        for size in ("1440x900", "1100x700")
        for theme in ("light", "dark")
    }
    picture = QImage(str(tmp_path / "pictures" / "guide-1100x700-dark.png"))
    assert (picture.width(), picture.height()) == (1100, 700)
    # A page that is made in turns is pictured when it is made: an empty one has a sixth of the bytes.
    sizes = {path.name: path.stat().st_size for path in written}
    for page in (*(page for page in PAGES if page not in VIEWS_OF), *VIEWS):
        assert sizes[f"{page}-1440x900-light.png"] > sizes[f"{page}-1440x900-dark.png"] / 2
