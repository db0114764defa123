export { PluginsPage } from './plugins-page'
