"""A page of several views under one title, of which one is shown. What they show is theirs, not the page's."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.ui.actions import key_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.segmented import Segmented
from rubric_studio.ui.session import Session

Answer = Callable[..., Any] | SignalInstance


class ViewOnPage(NamedTuple):
    """One view: its name in the code, what people see, a sentence that says what it is for."""

    name: str
    words: str
    sentence: str


class PageOfViews(QWidget):
    """Makes each view when it is first shown; Alt and a digit lead to it.

    An heir adds its wishes in `_wishes`, what stands beside the title in `_tools`, and in `_instead` what stands in
    a view's place where it cannot be shown.
    `places` says for each name where the view's class is ("module:Class", made with session and look).
    """

    def __init__(
        self,
        session: Session,
        look: Look,
        titles: tuple[str, str],
        views: Sequence[ViewOnPage],
        places: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dress(self, "page")
        self._session, self._look = session, look
        self._places = places
        self._sentences = {view.name: view.sentence for view in views}
        self.views: dict[str, Any] = {}
        title, choosing = titles
        self.choice = Segmented(choosing, [(view.name, view.words) for view in views])
        self.sentence = PlainLabel("", "muted", wrap=True)
        self._body = QStackedWidget()
        self._lay_out(title, key_text(f"Alt+1…{len(views)}"))
        self.choice.chosen.connect(self.show_view)
        for place, view in enumerate(views, start=1):  # no key of the page: a field would write the digit
            QShortcut(QKeySequence(f"Alt+{place}"), self).activated.connect(partial(self._go_to, view.name))

    def show_view(self, name: str) -> None:
        """Show one of the views."""
        self.choice.set_value(name)
        self._body.setCurrentWidget(self._instead(name) or self.view(name))
        self.sentence.setText(self._sentences[name])

    def view(self, name: str) -> Any:
        """Return a view, made now if it never was."""
        if name not in self.views:
            module, _, factory = self._places[name].partition(":")
            self.views[name] = view = getattr(import_module(module), factory)(self._session, self._look)
            self._body.addWidget(view)
            self._listen(view)
        return self.views[name]

    @property
    def shown(self) -> str:
        """The name of the view that is chosen."""
        return self.choice.value()

    # ---- what an heir says

    def _instead(self, name: str) -> QWidget | None:
        """What stands in a view's place now; None where the view itself can be shown."""
        return None

    def _wishes(self) -> Mapping[str, Answer]:
        """The signals by which a view asks for something, each with what answers it."""
        return {}

    def _tools(self) -> Sequence[QWidget]:
        """What stands at the right of the title, whichever view is shown."""
        return ()

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_view(self.shown)

    def setFocus(self, *reason: object) -> None:
        """Put the keyboard into what is shown."""
        shown = self._body.currentWidget()
        if shown is not None:
            shown.setFocus()
        else:
            super().setFocus()

    def _go_to(self, name: str) -> None:
        self.show_view(name)
        self.setFocus()

    def _listen(self, view: Any) -> None:
        for wish, answer in self._wishes().items():
            if hasattr(view, wish):
                getattr(view, wish).connect(answer)

    def _lay_out(self, title: str, keys: str) -> None:
        space = self._look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.large)
        head.addWidget(PlainLabel(title, "title"))
        head.addWidget(self.choice)
        head.addWidget(PlainLabel(keys, "caption"))
        head.addStretch(1)
        for tool in self._tools():
            head.addWidget(tool)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.large, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addLayout(head)
        layout.addWidget(self.sentence)
        layout.addWidget(self._body, 1)
