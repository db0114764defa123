import { Route, Routes } from 'react-router'
import { EditorPage } from './editor-page'
import { ReleasePage } from './releases/release-page'
import { ReleasesPage } from './releases/releases-page'

export function CodePage() {
  return (
    <Routes>
      <Route index element={<EditorPage />} />
      {/* `..` of a release is the list */}
      <Route path="releases">
        <Route index element={<ReleasesPage />} />
        <Route path=":version" element={<ReleasePage />} />
      </Route>
      <Route path="*" element={<EditorPage />} />
    </Routes>
  )
}
