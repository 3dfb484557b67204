"""What this app knows about people, and what stays when they leave.

What was said of a country stays, signed by the institution and the country.
"""
