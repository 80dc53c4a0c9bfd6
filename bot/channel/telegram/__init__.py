"""The Telegram channel; the only code that knows python-telegram-bot."""
