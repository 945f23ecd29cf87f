UNDECIDED = {
    "tenure_months": 12,
    "monthly_charges": 65.0,
    "total_charges": 780.0,
    "num_products": 2,
    "has_support_calls": 1,
}
LOYAL = UNDECIDED | {"tenure_months": 70, "total_charges": 4550.0, "num_products": 4, "has_support_calls": 0}
LEAVING = UNDECIDED | {"tenure_months": 1, "monthly_charges": 115.0, "total_charges": 115.0, "num_products": 1}
