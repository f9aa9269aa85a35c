"""A made-up retailer: raw files, the truth behind them, and a vendor that receives deliveries."""

from demo_company.company import CompanySummary, generate

__all__ = ["CompanySummary", "generate"]
