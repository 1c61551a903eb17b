"""From the choice of a template to one finished gesture in the guide. The dialog and the templates know neither."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rubric_studio.services.templates import begun_with, templates, with_template
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.template_dialog import TemplateChoice, TemplateDialog
from rubric_studio.ui.look import Look


def ask_for_template(
    parent: QWidget, look: Look, desk: GuideDesk, on_taken: Callable[[str], object]
) -> TemplateDialog:
    """Open the chooser; what is chosen becomes one change of the guide. `on_taken` gets the first new part."""
    dialog = TemplateDialog(look, templates(), desk.fields, has_parts=bool(desk.rubric.strata), parent=parent)

    def take(choice: TemplateChoice) -> None:
        before = {stratum.key for stratum in desk.rubric.strata}
        parts = choice.rubric.model_copy(
            update={"strata": tuple(s for s in choice.rubric.strata if s.key in choice.parts)}
        )
        label = parent.tr('Template "{0}"').format(choice.title)
        if choice.replaces:
            desk.change(lambda rubric: begun_with(rubric, parts), label)
        else:
            desk.change(lambda rubric: with_template(rubric, parts), label)
        keys = [stratum.key for stratum in desk.rubric.strata]
        on_taken(next((key for key in keys if choice.replaces or key not in before), ""))

    dialog.chosen.connect(take)
    dialog.open()
    return dialog
