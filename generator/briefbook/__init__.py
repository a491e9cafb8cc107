"""YAML industry and account files in, a searchable playbook site out."""

__version__ = "0.1.0"
