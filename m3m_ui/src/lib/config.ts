declare global {
  interface Window {
    __APP_CONFIG__?: { apiURL: string }
  }
}

/** Where the API is; the server writes it into the page. */
export const apiURL = (window.__APP_CONFIG__?.apiURL ?? '/api').replace(/\/+$/, '')
