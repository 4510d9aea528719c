"""With pages/, the only code that knows Streamlit: session, cached reads, cards, forms, the app's runtime."""
