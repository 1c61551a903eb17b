"""What is said before somebody hands in: how much is there, and who will see it when."""

from rubric_studio.ui.review.hand_in_dialog import HandInDialog


def test_it_says_who_closes_the_round(qtbot, look):
    dialog = HandInDialog(look, 6, 6, "Eva Lead", as_file=True)
    qtbot.addWidget(dialog)
    assert dialog.told.text() == "All 6 answers are scored."
    assert "before Eva Lead closes the round" in dialog.note.text()


def test_the_lead_closes_it_herself(qtbot, look):
    dialog = HandInDialog(look, 1, 1, "", as_file=False)
    qtbot.addWidget(dialog)
    assert dialog.told.text() == "The one answer is scored."
    assert "Nobody sees your marks before you close the round." in dialog.note.text()
