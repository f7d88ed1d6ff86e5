"""Web pages for residents, staff, supervisors and administrators. Clients of the JSON API in the
same process: no rule, no query and no permission of their own.
"""
