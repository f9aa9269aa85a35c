"""A made-up retailer: raw files, the truth behind them, and a vendor that receives deliveries."""
