declare global {
  interface Window {
    __APP_CONFIG__?: { apiURL: string; servicesURL?: string }
  }
}

/** Where the API is; the server writes it into the page. */
export const apiURL = (window.__APP_CONFIG__?.apiURL ?? '/api').replace(/\/+$/, '')

/** Where services answer, below `/r`: here, unless the server gives them a host of their own. */
export const servicesURL = (window.__APP_CONFIG__?.servicesURL ?? location.origin).replace(/\/+$/, '')
