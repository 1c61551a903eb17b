"""What is taken out of texts before they leave the machine: which fields, which identifiers, which names."""

from typing import Literal

from rubric_studio.domain.values import Value

Identifier = Literal["tax", "vat", "iban", "email", "phone"]


class Redaction(Value):
    """What shall not leave the machine. `fields` are reference fields left out whole; `names` any words."""

    fields: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether everything goes out as it stands."""
        return not (self.fields or self.identifiers or self.names)
