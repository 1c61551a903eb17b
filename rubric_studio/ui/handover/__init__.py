"""The Hand over page: a checklist, the split, the targets, the export and its proof."""
