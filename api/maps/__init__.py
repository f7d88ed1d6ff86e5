"""Maps over HTTP: figures of grids, communities and streets as GeoJSON; where a point lies; what an
address names. Nothing is drawn here.
"""
