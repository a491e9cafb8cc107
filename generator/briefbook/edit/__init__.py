"""The only writer of YAML: texts and wanted changes in, texts with every comment kept out.

ruamel.yaml tells where each part of a text stands; what is not addressed keeps its very bytes. A
dump by ruamel.yaml would wrap and quote again what nobody has asked to change, and would let
comments stand where they were while their fields move.
"""
