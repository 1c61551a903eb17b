"""The left of the page: filters, the table or that nothing was found, and the strip of decisions."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.ids import RowId
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.questions.decision_bar import DecisionBar, questions_text
from rubric_studio.ui.questions.filter_bar import FilterBar
from rubric_studio.ui.questions.more_menu import IMPORTED, MoreMenu
from rubric_studio.ui.questions.overview import Overview
from rubric_studio.ui.questions.reference_values import fields_of, filter_text, labels_field
from rubric_studio.ui.questions.row_finder import RowFinder
from rubric_studio.ui.questions.rows_model import FIELD, PAGE, SPREAD, RowsModel
from rubric_studio.ui.questions.rows_table import RowsTable
from rubric_studio.ui.session import Session

SHOWN_ANEW = (Topic.ROWS, Topic.DECISIONS, Topic.FLAGS, Topic.SAMPLES)

GUESSED_FROM = PAGE
"""So many lines tell which field holds the labels; more would be felt when a project opens."""


class RowsList(QWidget):
    """Keeps selection and place through every refresh."""

    listed = Signal()
    import_requested = Signal()

    def __init__(
        self, session: Session, look: Look, overview: Overview, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._overview = look, overview
        self._sort, self._descending = IMPORTED, False
        self._chose_fields = False
        self._wanted: str | None = None
        self.finder = RowFinder(session, self)
        self.model = RowsModel(session.store.summaries, self)
        self.table = RowsTable(look, self.model)
        self.filters = FilterBar(look, self._values_of)
        self.bar = DecisionBar(look)
        self.nothing = EmptyState(
            look, self.tr("No question fits these filters."), main=self.tr("Clear filters"), icon="filter"
        )
        self.count = PlainLabel("", "muted")
        self.details_button = QToolButton()
        self.details_button.setText(self.tr("Details  I"))
        self.details_button.setCheckable(True)
        self.more_button = QPushButton(self.tr("More"))
        self.menu = MoreMenu(self.model, self)
        self._middle = QStackedWidget()
        self._lay_out()
        self._connect()

    # ---- what is listed

    def find(self) -> None:
        """List what the filters ask for, in the chosen order."""
        sort = IMPORTED if self._sort == SPREAD else self._sort
        query = self.filters.query()
        self.finder.ask(
            query.model_copy(update={"sort": sort, "descending": self._descending and sort != IMPORTED})
        )

    def take_changes(self, changes: Changes) -> None:
        """Show again what a change concerns."""
        if changes.touches(*SHOWN_ANEW):
            self.model.read_again(changes.rows)
        if self.finder.must_ask_again(changes):
            self.find()

    def take_overview(self) -> None:
        """Show what is known of the whole project now."""
        self.model.set_spreads(self._overview.spreads, self._overview.rater)
        self.model.set_differing(self._overview.differing)
        self.filters.set_fields(self._overview.fields)
        if self._sort == SPREAD:
            self.find()

    def show_row(self, row: str) -> None:
        """Go to a row; filters that leave it out are cleared."""
        place = self.model.place_of(row)
        if place is not None:
            self.table.go_to(place)
            return
        self._wanted = row
        if self.filters.is_filtering():
            self.filters.clear()
        else:
            self.find()

    def after(self, rows: Sequence[RowId]) -> RowId | None:
        """Return the row below the last of these; at the end the nearest one above that is not among them."""
        places = [place for row in rows if (place := self.model.place_of(row)) is not None]
        if not places:
            return None
        if max(places) + 1 < len(self.model.ids):
            return self.model.ids[max(places) + 1]
        among = set(places)
        above = next((at for at in range(max(places), -1, -1) if at not in among), None)
        return rows[-1] if above is None or not self.filters.is_filtering() else self.model.ids[above]

    # ---- order and columns

    def sort_by(self, column: str, descending: bool) -> None:
        """Order the list by a column, or as it was brought in."""
        self._sort, self._descending = column, descending
        self.table.show_order(column, descending)
        self.find()

    def show_column(self, column: str, shown: bool) -> None:
        """Show a column or put it away; reference fields are columns only while they show."""
        if not column.startswith(FIELD):
            self.table.want(column, shown)
            return
        name = column.removeprefix(FIELD)
        self._chose_fields = True
        rest = [field for field in self.model.fields if field != name]
        self._set_fields([*rest, name] if shown else rest)

    def _set_fields(self, fields: Sequence[str]) -> None:
        current = self.table.current()
        self.model.set_fields(fields)
        place = self.model.place_of(current) if current is not None else None
        if place is not None:
            self.table.go_to(place)
        self.table.show_order(self._sort, self._descending)

    def _values_of(self, field: str) -> Iterable[str]:
        for summary in self.model.kept():
            value = summary.reference.get(field)
            if value is not None:
                yield from (filter_text(each) for each in (value if isinstance(value, list) else [value]))

    # ---- as it is laid out

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self.details_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        dress(self.more_button, "quiet")
        set_tip(self.details_button, self.tr("Show or hide the question beside the table"))
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(PlainLabel(heading("page.questions"), "title"))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.details_button)
        head.addWidget(self.more_button)
        self._middle.addWidget(self.table)
        self._middle.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addLayout(head)
        layout.addWidget(self.filters)
        layout.addWidget(self._middle, 1)
        layout.addWidget(self.bar)

    def _connect(self) -> None:
        self.finder.found.connect(self._on_finder_found)
        self.filters.changed.connect(self.find)
        self.filters.left.connect(self.table.setFocus)
        self.nothing.main_requested.connect(self._on_nothing_main)
        self.table.sort_requested.connect(self._on_table_sort_requested)
        self.more_button.clicked.connect(self._on_more_clicked)
        self.menu.column_toggled.connect(self.show_column)
        self.menu.sort_chosen.connect(self.sort_by)
        self.menu.import_chosen.connect(self.import_requested)
        self._look.changed.connect(self._draw_icons)
        self._draw_icons()

    def _draw_icons(self) -> None:
        self.more_button.setIcon(self._look.icon("more"))
        self.details_button.setIcon(self._look.icon("columns"))

    def _on_finder_found(self, ids: list[RowId]) -> None:
        if self._sort == SPREAD:
            ids = self._by_mean(ids)
        self.table.list_rows(ids)
        self._guess_fields()
        self._go_to_wanted()
        self._middle.setCurrentIndex(0 if ids else 1)
        total = questions_text(self.finder.total)
        if len(ids) != self.finder.total:
            total = self.tr("{n} of {total}").format(n=count_text(len(ids)), total=total)
        self.count.setText(total)
        self.listed.emit()

    def _by_mean(self, ids: list[RowId]) -> list[RowId]:
        """Order by mean; what has none comes last, whichever way."""
        spreads = self._overview.spreads
        known = [id for id in ids if id in spreads]
        known.sort(key=lambda id: spreads[id].mean, reverse=self._descending)
        return known + [id for id in ids if id not in spreads]

    def _guess_fields(self) -> None:
        """Show the labels, as far as the first lines tell; a choice of one's own stays."""
        if self._chose_fields or not self.model.ids:
            return
        for place in range(0, min(GUESSED_FROM, len(self.model.ids)), PAGE):
            self.model.summary(place)
        kept = list(self.model.kept())
        guess = labels_field(kept)
        self._set_fields([guess] if guess else [])
        if not self._overview.fields:
            self.filters.set_fields(fields_of(kept))
        self._chose_fields = True

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        place = self.model.place_of(wanted) if wanted is not None else None
        if place is not None:
            self.table.go_to(place)

    def _on_nothing_main(self) -> None:
        self.filters.clear()
        self.table.setFocus()

    def _on_table_sort_requested(self, column: str) -> None:
        if column.startswith(FIELD):
            return
        if self._sort != column:
            self.sort_by(column, descending=False)
        elif not self._descending:
            self.sort_by(column, descending=True)
        else:
            self.sort_by(IMPORTED, descending=False)

    def _on_more_clicked(self) -> None:
        fields = self._overview.fields or tuple(fields_of(self.model.kept()))
        self.menu.fill(fields, self.table.unwanted(), self._sort, self._descending)
        self.menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
