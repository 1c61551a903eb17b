"""How a document to read is set: line height, the space between paragraphs, headings and tables."""

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextOption,
    QTextTable,
)

from rubric_studio.ui.look import Look


def style_document(document: QTextDocument, look: Look, *, formatted: bool) -> None:
    """Set a plain or a Markdown document in the reading font with the house's distances."""
    document.setDefaultFont(look.font("reading"))
    document.setDocumentMargin(look.theme.space.large)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    if not formatted:
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(_line(look))
    else:
        _style_blocks(document, look)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _style_table(frame, look)


def _line(look: Look) -> QTextBlockFormat:
    """Return the line height: Qt counts in percent of the font's own spacing, we in the font's size."""
    sizes, metrics = look.theme.sizes, look.metrics("reading")
    percent = 100 * sizes.line_height * sizes.reading / metrics.lineSpacing()
    line = QTextBlockFormat()
    line.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return line


def _style_blocks(document: QTextDocument, look: Look) -> None:
    edit = QTextCursor(document)
    edit.beginEditBlock()  # one notice to the layout, not one for each block
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        if cursor.currentTable() is None:
            cursor.mergeBlockFormat(_distances(block, look))
            if block.blockFormat().headingLevel():
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(_heading(block.blockFormat().headingLevel(), look))
        block = block.next()
    edit.endEditBlock()


def _distances(block: QTextBlock, look: Look) -> QTextBlockFormat:
    space = look.theme.space
    own = _line(look)
    own.setNonBreakableLines(
        False
    )  # Qt never breaks the lines of code, and beyond the edge nobody reads them
    own.setTopMargin(0)
    following = block.next()
    in_list = block.textList() is not None and following.isValid() and following.textList() is not None
    in_code = _is_code(block) and _is_code(following)
    own.setBottomMargin(0 if in_list or in_code else space.medium)
    if block.blockFormat().headingLevel():
        own.setBottomMargin(space.small)
    return own


def _is_code(block: QTextBlock) -> bool:
    fence = QTextFormat.Property.BlockCodeFence
    return block.isValid() and block.blockFormat().hasProperty(fence.value)


def _heading(level: int, look: Look) -> QTextCharFormat:
    """Return the type of a heading: a title's size for the first two levels, weight alone below."""
    style = QTextCharFormat()
    style.setFont(look.font("title" if level <= 2 else "reading", bold=True))
    style.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
    return style


def _style_table(table: QTextTable, look: Look) -> None:
    space, line = look.theme.space, QTextBlockFormat()
    style = table.format()
    style.setBorder(look.theme.shape.hair)
    style.setBorderBrush(look.theme.color("control_line"))
    style.setBorderCollapse(True)
    style.setCellPadding(space.tiny)
    style.setTopMargin(space.medium)
    style.setBottomMargin(space.medium)
    style.setWidth(QTextLength())
    table.setFormat(style)
    line.setTopMargin(0)
    line.setBottomMargin(0)
    line.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = table.firstCursorPosition()
    cursor.setPosition(table.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeBlockFormat(line)
    bold = QTextCharFormat()
    bold.setFontWeight(look.font("reading", bold=True).weight())
    for column in range(table.columns()):
        cell = table.cellAt(0, column).firstCursorPosition()
        cell.setPosition(table.cellAt(0, column).lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        cell.mergeCharFormat(bold)
