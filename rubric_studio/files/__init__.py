"""What comes in: reading JSONL, JSON, CSV and XLSX files into lines, with every complaint placed."""
