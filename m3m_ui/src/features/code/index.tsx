import { Route, Routes } from 'react-router'
import { EditorPage } from './editor-page'
import { ReleasePage } from './releases/release-page'
import { ReleasesPage } from './releases/releases-page'

export function CodePage() {
  return (
    <Routes>
      <Route index element={<EditorPage />} />
      <Route path="releases" element={<ReleasesPage />} />
      <Route path="releases/:version" element={<ReleasePage />} />
      <Route path="*" element={<EditorPage />} />
    </Routes>
  )
}
