"""An editor on a shown window whose changes are kept in a list and shown again, as the page does."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from rubric_studio.domain.rubric import Criterion, Level, Rubric, Stratum
from rubric_studio.ui.guide.editor import GuideEditor
from rubric_studio.ui.guide.editor_line import PointLine

LEVELS = (Level(key="fully", value=1), Level(key="partly", value=0.5), Level(key="no", value=0))


def small_rubric() -> Rubric:
    """Two parts: Form with Valid and Length, Topics with Found."""
    form = (
        Criterion(key="valid", title="Valid", levels=LEVELS),
        Criterion(key="length", title="Length", levels=LEVELS),
    )
    topics = (Criterion(key="found", title="Found", levels=LEVELS),)
    strata = (
        Stratum(key="form", title="Form", criteria=form),
        Stratum(key="topics", title="Topics", weight=4, criteria=topics),
    )
    return Rubric(name="guide", strata=strata)


class Editing:
    """The editor, what it told, and the hands of a person."""

    def __init__(self, qtbot, look, rubric: Rubric) -> None:
        self.editor = GuideEditor(look)
        qtbot.addWidget(self.editor)
        self.rubrics: list[Rubric] = [rubric]
        self.labels: list[str] = []
        self.previews: list[Rubric] = []
        self.editor.changed.connect(self._on_changed)
        self.editor.previewed.connect(self.previews.append)
        self.editor.desk.fields = ("task", "topics")
        self.editor.show_rubric(rubric)
        self.editor.resize(460, 760)
        self.editor.show()
        self.editor.activateWindow()
        qtbot.waitUntil(self.editor.isActiveWindow)

    @property
    def rubric(self) -> Rubric:
        """The newest rubric."""
        return self.rubrics[-1]

    def keys(self) -> list[list[str]]:
        """Keys of the points, part by part."""
        return [[criterion.key for criterion in stratum.criteria] for stratum in self.rubric.strata]

    def line(self, key: str) -> PointLine:
        line = self.editor.line(key)
        assert line is not None
        return line

    def open(self, key: str):
        """Open a point by a click on its title."""
        line = self.line(key)
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
        form = self.editor.form()
        assert form is not None
        return form

    def write(self, field: QWidget, text: str, *, end: Qt.Key = Qt.Key.Key_Return) -> None:
        """Type over what stands in a field and finish it."""
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, end)

    def press(self, keys: str) -> None:
        """Press keys such as "Alt+Up" wherever the keyboard is."""
        QTest.keySequence(self.focused(), keys)

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def _on_changed(self, rubric: Rubric, label: str) -> None:
        self.rubrics.append(rubric)
        self.labels.append(label)
        self.editor.show_rubric(rubric)
