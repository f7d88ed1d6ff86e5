"""Photos and documents: cleaned, sealed, kept by their hash (docs/decisions/0032-uploads.md)."""
