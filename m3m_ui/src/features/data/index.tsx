import { lazy, Suspense } from 'react'
import { Route, Routes } from 'react-router'
import { ModelFrame } from './models/model-frame'
import { ModelsPage } from './models/models-page'
import { RecordsPage } from './records/records-page'

const NewModelPage = lazy(async () => ({ default: (await import('./builder/builder-page')).NewModelPage }))
const EditModelPage = lazy(async () => ({ default: (await import('./builder/builder-page')).EditModelPage }))

/** The slug of a model has no dash, so `new-model` is none. */
export function DataPage() {
  return (
    <Suspense fallback={null}>
      <Routes>
        <Route index element={<ModelsPage />} />
        <Route path="new-model" element={<NewModelPage />} />
        <Route path=":model" element={<ModelFrame>{(model, models) => <RecordsPage key={model.id} model={model} models={models} />}</ModelFrame>} />
        <Route path=":model/model" element={<EditModelPage />} />
      </Routes>
    </Suspense>
  )
}
